using System.Text.Json;

namespace AutobahnCheck;

/// <summary>The suite's <c>index.json</c>: per agent and case what the suite says of it.</summary>
public static class SuiteReport
{
    /// <summary>Reads one.</summary>
    /// <param name="json">The file's content.</param>
    /// <exception cref="JsonException">It is no such report.</exception>
    public static IReadOnlyList<CaseResult> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<CaseResult> results = [];
        foreach (JsonProperty agent in MembersOf(document.RootElement))
            foreach (JsonProperty id in MembersOf(agent.Value))
                results.Add(new(agent.Name, id.Name, TextOf(id.Value, "behavior"), TextOf(id.Value, "behaviorClose")));
        return results;
    }

    static JsonElement.ObjectEnumerator MembersOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : throw new JsonException("Not a report of the suite: an object was expected.");

    static string TextOf(JsonElement result, string name) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out JsonElement value) && value.GetString() is { } text
            ? text
            : throw new JsonException($"Not a report of the suite: a case has no '{name}'.");
}
