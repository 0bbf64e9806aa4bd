using System.Text.Json;
using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>Tells what happens as one JSON line each, for machines.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="server">Who is at the other end.</param>
internal sealed class JsonEvents(Stream output, Uri server) : IClientEvents
{
    /// <inheritdoc/>
    public void Opened(WsConnection connection) => Write(JsonLine.Of("opened", json =>
    {
        json.WriteString("uri", server.ToString());
        json.WriteString("subprotocol", connection.Subprotocol);
        json.WriteString("extensions", AgreedExtensions.Of(connection.Compression));
    }));

    /// <inheritdoc/>
    public ValueTask MessageAsync(WsMessage message) => output.WriteAsync(JsonLine.Of("message", json =>
    {
        if (message.IsText)
        {
            json.WriteString("data", message.Payload.Span);
            return;
        }
        json.WriteBase64String("data", message.Payload.Span);
        json.WriteString("encoding", "base64");
    }));

    /// <inheritdoc/>
    public void Ended(in ClientEnd end, WsConnection? connection)
    {
        ClientEnd how = end;
        Write(connection is null ? JsonLine.Of("failed", json => Explain(json, how)) : JsonLine.Of("closed", json =>
        {
            json.WriteNumber("code", (int)connection.CloseCode);
            json.WriteString("reason", connection.CloseReason);
            Explain(json, how);
        }));
    }

    static void Explain(Utf8JsonWriter json, ClientEnd end)
    {
        json.WriteString("ending", end.Name);
        json.WriteString("detail", end.Detail);
        json.WriteNumber("exit", end.ExitCode);
    }

    void Write(ReadOnlyMemory<byte> line) => output.Write(line.Span);
}
