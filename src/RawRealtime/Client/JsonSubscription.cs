using System.Text.Json;

namespace RawRealtime.Client;

/// <summary>Tells what comes as one JSON line each, for machines.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class JsonSubscription(Stream output) : ISubscribeReport
{
    /// <inheritdoc/>
    public void Began(string transport, PositionTold position) => Write(JsonLine.Of("position", json =>
    {
        json.WriteString("transport", transport);
        json.WriteString("from", position.From);
        json.WriteBoolean("recovered", position.Recovered);
        if (position.Reason is not null) json.WriteString("reason", position.Reason);
        if (position.Lost.Count > 0) WriteLost(json, position.Lost);
    }));

    /// <inheritdoc/>
    public ValueTask MessageAsync(MessageTold message) => output.WriteAsync(JsonLine.Of("message", json =>
    {
        json.WriteString("cursor", message.Cursor);
        json.WriteString("channel", message.Channel);
        json.WriteString("id", message.Id);
        if (message.Event is not null) json.WriteString("event", message.Event);
        json.WriteString("data", message.Data);
        if (message.IsBytes) json.WriteString("encoding", "base64");
        json.WriteString("time", message.Time);
    }));

    /// <inheritdoc/>
    public void Failed(ErrorTold error) => Write(JsonLine.Of("error", json =>
    {
        json.WriteString("code", error.Code);
        json.WriteString("detail", error.Detail);
        if (error.Channel is not null) json.WriteString("channel", error.Channel);
    }));

    /// <inheritdoc/>
    public void Broke(in ClientEnd why, TimeSpan wait)
    {
        ClientEnd end = why;
        Write(JsonLine.Of("broken", json =>
        {
            json.WriteString("ending", end.Name);
            json.WriteString("detail", end.Detail);
            json.WriteNumber("wait", Math.Round(wait.TotalSeconds, 3));
        }));
    }

    /// <inheritdoc/>
    public void FellBack(string from, string to, in ClientEnd why)
    {
        ClientEnd end = why;
        Write(JsonLine.Of("fallback", json =>
        {
            json.WriteString("from", from);
            json.WriteString("to", to);
            json.WriteString("ending", end.Name);
            json.WriteString("detail", end.Detail);
        }));
    }

    /// <inheritdoc/>
    public void Ended(in ClientEnd end, string? cursor)
    {
        ClientEnd how = end;
        Write(JsonLine.Of("ended", json =>
        {
            json.WriteString("cursor", cursor);
            json.WriteString("ending", how.Name);
            json.WriteString("detail", how.Detail);
            json.WriteNumber("exit", how.ExitCode);
        }));
    }

    static void WriteLost(Utf8JsonWriter json, IReadOnlyList<LostOf> lost)
    {
        json.WriteStartArray("lost");
        foreach (LostOf one in lost)
        {
            json.WriteStartObject();
            json.WriteString("channel", one.Channel);
            json.WriteString("reason", one.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void Write(ReadOnlyMemory<byte> line) => output.Write(line.Span);
}
