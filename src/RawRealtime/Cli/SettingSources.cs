using System.Collections;
using System.CommandLine;
using System.Text.Json;

namespace RawRealtime.Cli;

/// <summary>A setting that cannot be used: one line with its cause and cure.</summary>
internal sealed class BadSettingException(string message) : Exception(message);

/// <summary>
/// Adds to the command line what only the environment or the JSON file sets, as if it had been typed: so one parser and one
/// set of checks serve all three. The command line wins over the environment, and that over the file.
/// </summary>
internal static class SettingSources
{
    const string Prefix = "RAWREALTIME_";

    /// <summary>The flag and variable that name the JSON file.</summary>
    public const string FileFlag = "--config", FileVariable = Prefix + "CONFIG";

    /// <summary>The variable that holds a password, which has no flag: a command line can be read by everybody on the machine.</summary>
    public const string PasswordVariable = Prefix + "TLS_PASSWORD";

    /// <summary>The flags that the other sources add to <paramref name="args"/>.</summary>
    /// <param name="args">The command line as typed.</param>
    /// <param name="settings">Every setting there is.</param>
    /// <param name="environment">The process's environment.</param>
    /// <param name="file">The JSON file; null for none.</param>
    /// <param name="wanted">Those that concern the command; null for all.</param>
    /// <exception cref="BadSettingException">A name is unknown, a value is of no use, or the file is unreadable.</exception>
    public static string[] Complete(IReadOnlyList<string> args, IReadOnlyList<Option> settings, IDictionary environment, string? file, IReadOnlyList<Option>? wanted = null)
    {
        List<string> complete = [.. args];
        HashSet<string> isSet = [.. args.Select(NameOf)];
        foreach (Given given in FromEnvironment(environment, settings).Concat(FromFile(file, settings)))
        {
            if (wanted?.Contains(given.Setting) == false || !isSet.Add(given.Setting.Name)) continue;
            string[] tokens = [.. given.Values.SelectMany(value => new[] { given.Setting.Name, value })];
            if (new Command("check") { given.Setting }.Parse(tokens).Errors is [var error, ..])
                throw new BadSettingException($"{given.Source}: {error.Message}");
            complete.AddRange(tokens);
        }
        return [.. complete];
    }

    readonly record struct Given(Option Setting, string[] Values, string Source);

    static string NameOf(string arg) => arg.Split('=', ':')[0];

    static IEnumerable<Given> FromEnvironment(IDictionary environment, IReadOnlyList<Option> settings)
    {
        foreach (string variable in environment.Keys.Cast<string>().Where(k => k.StartsWith(Prefix, StringComparison.Ordinal) && k is not (FileVariable or PasswordVariable)).Order(StringComparer.Ordinal))
        {
            Option setting = settings.FirstOrDefault(s => VariableOf(s) == variable)
                ?? throw new BadSettingException($"{variable} is no setting of rawrealtime.{NearestName.Suggestion(variable, settings.Select(VariableOf))}");
            string value = (string)environment[variable]!;
            yield return new(setting, setting.ValueType.IsArray ? value.Split(',', StringSplitOptions.TrimEntries) : [value], variable);
        }
    }

    static string VariableOf(Option setting) => Prefix + KeyOf(setting).Replace('-', '_').ToUpperInvariant();

    static string KeyOf(Option setting) => setting.Name[2..];

    static IEnumerable<Given> FromFile(string? file, IReadOnlyList<Option> settings)
    {
        if (file is null) yield break;
        using JsonDocument document = Open(file);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            Option setting = settings.FirstOrDefault(s => KeyOf(s) == property.Name)
                ?? throw new BadSettingException($"{file}: '{property.Name}' is no setting of rawrealtime.{NearestName.Suggestion(property.Name, settings.Select(KeyOf))}");
            yield return new(setting, ValuesOf(property.Value, $"{file}: '{property.Name}'"), $"{file}: '{property.Name}'");
        }
    }

    static JsonDocument Open(string file)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            throw new BadSettingException($"{file}: expected one JSON object such as {{ \"port\": 5001 }}.");
        }
        catch (JsonException broken)
        {
            throw new BadSettingException($"{file}: not JSON: {broken.Message}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"{file}: {unreadable.Message}");
        }
    }

    static string[] ValuesOf(JsonElement value, string source) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => [value.GetRawText()],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(item => ValuesOf(item, source))],
        _ => throw new BadSettingException($"{source}: expected a text, a number, true or false, or a list of these."),
    };
}
