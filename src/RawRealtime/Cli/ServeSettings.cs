using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using RawRealtime.Server;
using RawWebSocket.Handshake;

namespace RawRealtime.Cli;

/// <summary>
/// Every setting of <c>serve</c>, once: its name, unit, default and check. The same names serve as flags, as environment
/// variables (<c>RAWREALTIME_HISTORY_AGE</c>) and in the JSON file (<c>"history-age"</c>).
/// </summary>
internal sealed class ServeSettings
{
    readonly ListenSettings listening;
    readonly CompressionSettings compression = new();
    readonly SlowSettings slow = new();
    readonly StoreSettings store = new();
    readonly EventSettings events = new();
    readonly LimitSettings limits = new();
    readonly AccessSettings access = new();

    readonly Option<string[]> allowHost = new("--allow-host")
    {
        Description = "Further Host name to answer to, besides the server's own; '*' for all; repeatable",
        HelpName = "name",
    };

    readonly Option<string[]> allowOrigin = new("--allow-origin")
    {
        Description = "Further web origin whose pages may connect, such as https://example.org; '*' for all; repeatable",
        HelpName = "origin",
    };

    readonly Option<int> historyMessages = new("--history-messages")
    {
        Description = "Most messages kept per channel",
        HelpName = "count",
        DefaultValueFactory = _ => 1000,
    };

    readonly Option<ByteSize> historyBytes = new("--history-bytes")
    {
        Description = "Most bytes of messages kept per channel (B, KiB, MiB, GiB)",
        HelpName = "size",
        DefaultValueFactory = _ => new(16L << 20),
        CustomParser = result => Read<ByteSize>(result, Quantities.TryReadBytes, "a size such as 16MiB"),
    };

    readonly Option<ByteSize> historyTotalBytes = new("--history-total-bytes")
    {
        Description = "Most bytes of messages kept by all channels together; beyond it those unused for longest shrink first",
        HelpName = "size",
        DefaultValueFactory = _ => new(1L << 30),
        CustomParser = result => Read<ByteSize>(result, Quantities.TryReadBytes, "a size such as 512MiB"),
    };

    readonly Option<Duration> historyAge = new("--history-age")
    {
        Description = "How long a message is kept (ms, s, m, h, d)",
        HelpName = "time",
        DefaultValueFactory = _ => new(TimeSpan.FromHours(1)),
        CustomParser = result => Read<Duration>(result, Quantities.TryReadDuration, "a time such as 90s or 1h"),
    };

    readonly Option<int> drainSeconds = new("--drain-seconds")
    {
        Description = "How long clients may take to leave after SIGINT or SIGTERM",
        HelpName = "seconds",
        DefaultValueFactory = _ => 10,
    };

    readonly Option<DirectoryInfo?> root = new("--root") { Description = "Folder whose files are served at every path that is no route", HelpName = "folder" };

    readonly Option<bool> verbose = new("--verbose") { Description = "Log each connection and request, and what holds up a thread" };

    /// <param name="tlsPassword">What the environment says, since no flag may.</param>
    public ServeSettings(string? tlsPassword = null)
    {
        listening = new(tlsPassword);
        All = [.. listening.All, allowHost, allowOrigin, .. access.All, historyMessages, historyBytes, historyTotalBytes, historyAge, .. slow.All, .. store.All, drainSeconds, root, .. compression.All, .. events.All, verbose, .. limits.All];
        historyMessages.Validators.Add(result => InRange(result, historyMessages, 0, 10_000_000));
        drainSeconds.Validators.Add(result => InRange(result, drainSeconds, 0, 3600));
        allowOrigin.Validators.Add(AreOrigins);
        root.Validators.Add(IsFolder);
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>Those among them that say which tokens are good.</summary>
    public AccessSettings Access => access;

    /// <summary>Those among them that bound what a connection may take.</summary>
    public IReadOnlyList<Option> Limits => limits.All;

    /// <summary>What was set, as the server wants it.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense together.</exception>
    public ServerOptions Read(ParseResult parsed) => listening.Read(parsed) with
    {
        Http = limits.Read(parsed),
        AllowedHosts = parsed.GetValue(allowHost) ?? [],
        AllowedOrigins = parsed.GetValue(allowOrigin) ?? [],
        Tokens = access.Read(parsed),
        HistoryMessages = parsed.GetValue(historyMessages),
        HistoryBytes = parsed.GetValue(historyBytes).Bytes,
        HistoryTotalBytes = parsed.GetValue(historyTotalBytes).Bytes,
        HistoryAge = parsed.GetValue(historyAge).Time,
        Store = store.Read(parsed),
        Slow = slow.Read(parsed),
        SlowChannels = slow.ReadChannels(parsed),
        DrainTime = TimeSpan.FromSeconds(parsed.GetValue(drainSeconds)),
        RootFolder = parsed.GetValue(root)?.FullName,
        Compression = compression.Read(parsed),
        EventStreams = events.Read(parsed),
        Verbose = parsed.GetValue(verbose),
    };

    internal delegate bool TryReadQuantity<T>(string text, out T value);

    internal static T? Read<T>(ArgumentResult result, TryReadQuantity<T> tryRead, string expected)
    {
        string given = result.Tokens[0].Value;
        if (tryRead(given, out T value)) return value;
        result.AddError($"'{given}' is not {expected}.");
        return default;
    }

    static void AreOrigins(OptionResult result)
    {
        foreach (Token given in result.Tokens)
            if (given.Value != "*" && !Origin.TryParse(Encoding.UTF8.GetBytes(given.Value), out _))
                result.AddError($"'{given.Value}' is no origin such as https://example.org.");
    }

    static void IsFolder(OptionResult result)
    {
        foreach (Token given in result.Tokens)
            if (!Directory.Exists(given.Value)) result.AddError($"'{given.Value}' is no folder.");
    }

    internal static void InRange(OptionResult result, Option<int> option, int least, int most)
    {
        if (result.Errors.Any() || result.Tokens.Count == 0 || !int.TryParse(result.Tokens[^1].Value, out int value)) return;
        if (value < least || value > most) result.AddError($"'{value}' is out of range for {option.Name}: {least} to {most}.");
    }
}
