using System.Buffers;
using System.Globalization;
using System.Text;

namespace RawRealtime.Client;

/// <summary>Tells people what comes, or hands the data alone on to the next program.</summary>
/// <param name="console">Where it goes.</param>
/// <param name="options">What was asked for.</param>
internal sealed class TextSubscription(ClientConsole console, SubscribeOptions options) : ISubscribeReport
{
    // A dump on a terminal shows how a message begins.
    const int ShownBytes = 64 * HexDump.LineBytes;

    /// <inheritdoc/>
    public void Began(string transport, PositionTold position)
    {
        if (console.IsShown) Tell(console.Dim($"Subscribed by {transport} from {VisibleText.Of(position.From)}."));
        if (position.Recovered) return;
        string lost = position.Lost.Count == 0
            ? $"({position.Reason})"
            : $"of {string.Join(", ", position.Lost.Select(one => $"{one.Channel} ({one.Reason})"))}";
        Warn($"messages are missing before this {lost}. Going on with what is kept.");
    }

    /// <inheritdoc/>
    public ValueTask MessageAsync(MessageTold message) =>
        console.Output.WriteAsync(Encoding.UTF8.GetBytes(console.IsShown ? Shown(message) : message.Data + "\n"));

    /// <inheritdoc/>
    public void Failed(ErrorTold error) => Warn($"{(error.Channel is null ? "" : error.Channel + ": ")}{error.Detail}");

    /// <inheritdoc/>
    public void Broke(in ClientEnd why, TimeSpan wait) =>
        Tell(console.Dim($"{VisibleText.Of(why.Detail)} Coming back in {wait.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s."));

    /// <inheritdoc/>
    public void FellBack(string from, string to, in ClientEnd why) => Warn($"no {from}: {why.Detail} Trying {to}.");

    /// <inheritdoc/>
    public void Ended(in ClientEnd end, string? cursor)
    {
        bool isInterrupted = end.ExitCode is ClientExit.Interrupted or ClientExit.Terminated;
        if (end.ExitCode != ClientExit.Normal && !isInterrupted) Warn(end.Detail);
        if (cursor is not null && (isInterrupted || end.ExitCode != ClientExit.Normal || console.IsShown)) Tell(console.Dim($"To go on here: --cursor {VisibleText.Of(cursor)}"));
    }

    string Shown(MessageTold message)
    {
        string channel = options.HasManyChannels ? VisibleText.Of(message.Channel) + " " : "";
        string name = message.Event is null ? "" : $"{VisibleText.Of(message.Event)} ";
        string front = $"{console.Cyan($"< {channel}{name}".TrimEnd())} ";
        if (!message.IsBytes) return $"{front}{VisibleText.Of(message.Data)}\n";
        byte[] bytes = Convert.FromBase64String(message.Data);
        ArrayBufferWriter<byte> dump = new();
        HexDump.Write(dump, bytes.AsSpan(0, Math.Min(bytes.Length, ShownBytes)));
        string rest = bytes.Length > ShownBytes ? $"… and {bytes.Length - ShownBytes} bytes more\n" : "";
        return $"{front}{bytes.Length} bytes\n{Encoding.UTF8.GetString(dump.WrittenSpan)}{rest}";
    }

    void Warn(string text) => Tell(console.Red($"rawrealtime: {VisibleText.Of(text)}"));

    void Tell(string line) => console.Errors.WriteLine(line);
}
