namespace RawRealtime.Client;

/// <summary>How messages are to come.</summary>
internal enum SubscribeVia : byte
{
    /// <summary>By WebSocket, else by event stream, else by long poll.</summary>
    Auto,

    /// <summary>By WebSocket.</summary>
    Ws,

    /// <summary>By event stream.</summary>
    Sse,

    /// <summary>By held poll.</summary>
    Poll,
}

/// <summary>What <c>rawrealtime subscribe</c> was told.</summary>
/// <param name="Target">Where to.</param>
internal sealed record SubscribeOptions(ServerTarget Target)
{
    /// <summary>Largest message taken, in bytes of JSON: of 1 MiB of data, each byte may need six.</summary>
    public const int MaxMessageBytes = 8 << 20;

    /// <summary>Names and patterns; none for the server's own default.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Only messages with one of these event names; none for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>How messages are to come.</summary>
    public SubscribeVia Via { get; init; }

    /// <summary>Where to begin; null for only new messages.</summary>
    public string? Cursor { get; init; }

    /// <summary>After how many messages to end; null for never.</summary>
    public long? Count { get; init; }

    /// <summary>One JSON line per event.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether what comes may be of more than one channel.</summary>
    public bool HasManyChannels => Channels.Count > 1 || Channels.Any(name => name.Contains('*', StringComparison.Ordinal));

    /// <summary>Path and query of a subscription.</summary>
    /// <param name="route">The transport's route.</param>
    /// <param name="cursor">Where to begin; null for only new messages.</param>
    /// <param name="more">What the transport asks besides.</param>
    public string PathOf(string route, string? cursor, params IEnumerable<(string, string?)> more) => Target.PathOf(
        route, [.. Channels.Select(name => ("channel", (string?)name)), .. Events.Select(name => ("event", (string?)name)), ("cursor", cursor), .. more]);
}
