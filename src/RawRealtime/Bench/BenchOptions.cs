namespace RawRealtime.Bench;

/// <summary>What is measured.</summary>
internal enum BenchKind
{
    /// <summary>Requests over connections that are kept.</summary>
    Http,

    /// <summary>Echoes of WebSocket messages.</summary>
    Ws,

    /// <summary>One publisher, many subscribers.</summary>
    FanOut,

    /// <summary>Connections that only stay.</summary>
    Idle,

    /// <summary>Connections that come and go.</summary>
    Connect,
}

/// <summary>What the connections of a fan-out or an idle run are.</summary>
internal enum BenchTransport
{
    /// <summary>WebSockets.</summary>
    Ws,

    /// <summary>Event streams.</summary>
    Sse,

    /// <summary>Held polls.</summary>
    Poll,

    /// <summary>Keep-alive connections after one request.</summary>
    Http,
}

/// <summary>What was asked for.</summary>
/// <param name="Kind">What is measured.</param>
/// <param name="Url">Where requests, echoes and subscriptions go; http or ws.</param>
internal sealed record BenchOptions(BenchKind Kind, Uri Url)
{
    /// <summary>What the connections are; of a fan-out, an idle run and a connect run.</summary>
    public BenchTransport Transport { get; init; }

    /// <summary>Where a fan-out publishes: POST to http, messages to ws.</summary>
    public Uri? PublishUrl { get; init; }

    /// <summary>Connections or subscribers.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Operations that may be under way on one connection; of a fan-out, messages that may be under way.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Bytes of a message.</summary>
    public int Size { get; init; } = 125;

    /// <summary>Operations per second, of a fan-out published messages; null for as many as possible.</summary>
    public double? Rate { get; init; }

    /// <summary>At a rate: most operations; null for as many as the time has room for.</summary>
    public long? Most { get; init; }

    /// <summary>How long is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it runs before that.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long is waited at the end for what is under way.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The status that answers must have.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Bytes of content that answers must have; null for those of the first one.</summary>
    public long? Length { get; init; }

    /// <summary>Further fields of every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>Local addresses to connect from; empty for the system's choice.</summary>
    public IReadOnlyList<System.Net.IPAddress> Sources { get; init; } = [];

    /// <summary>The server's processes, to read their CPU and memory.</summary>
    public IReadOnlyList<int> Pids { get; init; } = [];

    /// <summary>Connections that are open before the server's memory is first read, so that what it needs but once is not charged to the others.</summary>
    public int First { get; init; } = 100;

    /// <summary>JSON instead of a table.</summary>
    public bool IsJson { get; init; }

    /// <summary>Where a page with charts goes; null for none.</summary>
    public string? HtmlFile { get; init; }
}
