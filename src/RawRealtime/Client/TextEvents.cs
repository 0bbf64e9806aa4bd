using System.Buffers;
using System.Text;
using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>Tells what happens to people, or hands the messages alone on to the next program.</summary>
/// <param name="console">Where it goes.</param>
/// <param name="options">What was asked for.</param>
internal sealed class TextEvents(ClientConsole console, ConnectOptions options) : IClientEvents
{
    // A dump on a terminal shows how a message begins; written elsewhere it is whole, this much at a time.
    const int ShownBytes = 64 * HexDump.LineBytes, DumpedBytes = 1 << 20;

    /// <inheritdoc/>
    public void Opened(WsConnection connection)
    {
        if (!console.IsShown) return;
        string subprotocol = connection.Subprotocol is { } agreed ? $", subprotocol {VisibleText.Of(agreed)}" : "";
        string extensions = connection.Compression is null ? "" : ", compressed";
        string how = console.IsTyped ? ". A line is a message; Ctrl+D closes" : "";
        console.Errors.WriteLine(console.Dim($"Connected to {options.Server}{subprotocol}{extensions}{how}."));
    }

    /// <inheritdoc/>
    public ValueTask MessageAsync(WsMessage message)
    {
        if (options.IsBinary && !console.IsShown) return console.Output.WriteAsync(message.Payload);
        if (!message.IsText) return DumpAsync(message.Payload);
        return console.IsShown
            ? console.Output.WriteAsync(Encoding.UTF8.GetBytes($"{console.Cyan("<")} {VisibleText.Of(message.Payload.Span)}\n"))
            : WriteLineAsync(message.Payload);
    }

    /// <inheritdoc/>
    public void Ended(in ClientEnd end, WsConnection? connection)
    {
        bool isFine = end.ExitCode is ClientExit.Normal or ClientExit.Interrupted or ClientExit.Terminated;
        if (isFine && !console.IsShown) return;
        string code = connection is { CloseReason: { } reason } ? $" Close code {(int)connection.CloseCode}{(reason.Length > 0 ? ": " + VisibleText.Of(reason) : "")}." : "";
        string line = $"{VisibleText.Of(end.Detail)}{code}";
        console.Errors.WriteLine(isFine ? console.Dim(line) : console.Red($"rawrealtime: {line}"));
    }

    async ValueTask WriteLineAsync(ReadOnlyMemory<byte> text)
    {
        byte[] line = new byte[text.Length + 1]; // one write, so that a reader gets the line at once
        text.CopyTo(line);
        line[^1] = (byte)'\n';
        await console.Output.WriteAsync(line).ConfigureAwait(false);
    }

    async ValueTask DumpAsync(ReadOnlyMemory<byte> bytes)
    {
        int length = console.IsShown ? Math.Min(bytes.Length, ShownBytes) : bytes.Length;
        if (console.IsShown) await console.Output.WriteAsync(Encoding.UTF8.GetBytes($"{console.Cyan("<")} {bytes.Length} bytes\n")).ConfigureAwait(false);
        for (int at = 0; at < length; at += DumpedBytes)
        {
            ArrayBufferWriter<byte> lines = new();
            HexDump.Write(lines, bytes.Span[at..Math.Min(length, at + DumpedBytes)], at);
            await console.Output.WriteAsync(lines.WrittenMemory).ConfigureAwait(false);
        }
        if (length < bytes.Length) await console.Output.WriteAsync(Encoding.UTF8.GetBytes($"… and {bytes.Length - length} bytes more\n")).ConfigureAwait(false);
    }
}
