using System.CommandLine;
using RawHub;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>serve</c> that say what becomes of a subscriber that is too slow. docs/limits.md.</summary>
internal sealed class SlowSettings
{
    const string Disconnect = "disconnect", DropOldest = "drop-oldest", LatestOnly = "latest-only";

    readonly Option<string> kind = new("--slow")
    {
        Description = "What becomes of a subscriber that is too slow: it is ended and comes back with its cursor; it loses its oldest messages; or all but the newest. Each loss is told",
        HelpName = $"{Disconnect}|{DropOldest}|{LatestOnly}",
        DefaultValueFactory = _ => Disconnect,
    };

    readonly Option<long> messages = new("--slow-messages")
    {
        Description = "Most messages of a channel that may wait for one subscriber; 0 for as many as are kept",
        HelpName = "count",
    };

    readonly Option<ByteSize> bytes = new("--slow-bytes")
    {
        Description = "Most bytes of a channel's messages that may wait for one subscriber; 0 for as many as are kept",
        HelpName = "size",
        CustomParser = result => ServeSettings.Read<ByteSize>(result, Quantities.TryReadBytes, "a size such as 1MiB"),
    };

    readonly Option<string[]> channels = new("--slow-channel")
    {
        Description = "Policy of its own for a channel, or all that begin alike, such as 'prices.*=latest-only'; repeatable",
        HelpName = "channel=policy",
    };

    public SlowSettings()
    {
        kind.AcceptOnlyFromAmong(Disconnect, DropOldest, LatestOnly);
        messages.Validators.Add(result =>
        {
            if (long.TryParse(result.Tokens is [.., var last] ? last.Value : "0", out long count) && count < 0) result.AddError($"'{count}' is out of range for {messages.Name}: 0 or more.");
        });
        channels.Validators.Add(result => ListenSettings.Each(result, given => TryReadChannel(given, out _, out _) ? null : $"'{given}' is no channel and policy such as 'prices.*={LatestOnly}'."));
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [kind, messages, bytes, channels];

    /// <summary>What holds for all channels.</summary>
    public SlowPolicy Read(ParseResult parsed) => Policy(parsed, KindOf(parsed.GetValue(kind)!));

    /// <summary>What holds for some.</summary>
    public IReadOnlyList<ChannelSlowPolicy> ReadChannels(ParseResult parsed)
    {
        List<ChannelSlowPolicy> read = [];
        foreach (string given in parsed.GetValue(channels) ?? [])
            if (TryReadChannel(given, out ChannelPattern pattern, out SlowKind of)) read.Add(new(pattern, Policy(parsed, of)));
        return read;
    }

    SlowPolicy Policy(ParseResult parsed, SlowKind of) => new(of, OrUnbounded(parsed.GetValue(messages)), OrUnbounded(parsed.GetValue(bytes).Bytes));

    static long OrUnbounded(long bound) => bound == 0 ? long.MaxValue : bound;

    static bool TryReadChannel(string given, out ChannelPattern pattern, out SlowKind of)
    {
        (pattern, of) = (default, default);
        int equals = given.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !ChannelPattern.TryParse(given.AsSpan(0, equals), out pattern)) return false;
        string word = given[(equals + 1)..];
        of = KindOf(word);
        return word is Disconnect or DropOldest or LatestOnly;
    }

    static SlowKind KindOf(string word) => word switch
    {
        DropOldest => SlowKind.DropOldest,
        LatestOnly => SlowKind.LatestOnly,
        _ => SlowKind.Disconnect,
    };
}
