using System.CommandLine;
using System.CommandLine.Parsing;
using RawWebSocket.Deflate;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>serve</c> that say how WebSocket messages are compressed. RFC 7692.</summary>
internal sealed class CompressionSettings
{
    const string Off = "off", Fast = "fast", Small = "small";

    readonly Option<string> level = new("--ws-compression")
    {
        Description = "Whether WebSocket messages are compressed for clients that offer it (permessage-deflate), and how thoroughly",
        HelpName = $"{Off}|{Fast}|{Small}",
        DefaultValueFactory = _ => Fast,
    };

    readonly Option<ByteSize> minBytes = new("--ws-compression-min")
    {
        Description = "Smallest message that is compressed",
        HelpName = "size",
        DefaultValueFactory = _ => new(DeflateOptions.Default.MinBytes),
        CustomParser = ReadMinBytes,
    };

    readonly Option<int> windowBits = new("--ws-window-bits")
    {
        Description = "Largest window in either direction, 8 (256 bytes) to 15 (32KiB); smaller ones compress less and take less memory",
        HelpName = "bits",
        DefaultValueFactory = _ => DeflateParameters.MaxWindowBits,
    };

    readonly Option<bool> contextTakeover = new("--ws-context-takeover")
    {
        Description = "Let each message refer to those before it: smaller ones, for up to two windows of memory per connection",
    };

    public CompressionSettings()
    {
        All = [level, minBytes, windowBits, contextTakeover];
        level.AcceptOnlyFromAmong(Off, Fast, Small);
        windowBits.Validators.Add(result => ServeSettings.InRange(result, windowBits, DeflateParameters.MinWindowBits, DeflateParameters.MaxWindowBits));
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>What was set; null for no compression.</summary>
    public DeflateOptions? Read(ParseResult parsed) => parsed.GetValue(level) == Off ? null : new()
    {
        Level = parsed.GetValue(level) == Small ? DeflateLevel.Small : DeflateLevel.Fast,
        MinBytes = (int)parsed.GetValue(minBytes).Bytes,
        ServerMaxWindowBits = parsed.GetValue(windowBits),
        ClientMaxWindowBits = parsed.GetValue(windowBits),
        ServerContextTakeover = parsed.GetValue(contextTakeover),
        ClientContextTakeover = parsed.GetValue(contextTakeover),
    };

    static ByteSize ReadMinBytes(ArgumentResult result)
    {
        ByteSize size = ServeSettings.Read<ByteSize>(result, Quantities.TryReadBytes, "a size such as 16MiB");
        if (size.Bytes > int.MaxValue) result.AddError($"'{result.Tokens[0].Value}' is out of range for --ws-compression-min: less than 2GiB.");
        return size;
    }
}
