using System.CommandLine;
using RawHttp;
using RawNet;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>serve</c> that bound what a connection may take: bytes, time, rates, counts. docs/limits.md. They stand in a group of their own in the help.</summary>
internal sealed class LimitSettings
{
    const long MaxTime = 86_400_000, MaxRate = 1 << 30, MaxCount = 1_000_000_000;

    static readonly HttpServerOptions Defaults = new();

    readonly Option<ByteSize> lineBytes = Size("--request-line-bytes", "Longest request line", Defaults.Limits.MaxRequestLineBytes, least: 64, most: 1 << 20);
    readonly Option<ByteSize> headBytes = Size("--head-bytes", "Largest head of a request, its request line included", Defaults.Limits.MaxHeadBytes, least: 128, most: 16 << 20);
    readonly Option<long> headFields = Count("--head-fields", "Most field lines in a head", Defaults.Limits.MaxFields, "count", least: 1, most: 10_000);
    readonly Option<Duration> headTime = Time("--head-time", "How long a head may take, from its first byte", Defaults.HeadMilliseconds, least: 1);
    readonly Option<ByteSize> bodyBytes = Size("--body-bytes", "Largest content of a request; a publish has 1MiB at most", Defaults.Limits.MaxBodyBytes, least: 0, most: 1L << 40);
    readonly Option<long> bodyRate = Count("--body-rate", "Least rate of content, in bytes a second", Defaults.MinBodyBytesPerSecond, "bytes", least: 1, most: MaxRate);
    readonly Option<Duration> bodyGrace = Time("--body-grace", "What content may take on top of its rate", Defaults.BodyGraceMilliseconds, least: 0);
    readonly Option<ByteSize> sendQueueBytes = Size("--send-queue-bytes", "Most bytes that wait to be sent to one client; one message of any size goes while half is free", Defaults.Sending.MaxBytes, least: 4096, most: 1 << 30);
    readonly Option<ByteSize> sendTotalBytes = Size("--send-total-bytes", "Most bytes that wait for all clients together; beyond it 64KiB for each. Unless set: a quarter of the memory that the process may use", SendBudget.QuarterOfMemory, least: 0, most: 1L << 50);
    readonly Option<long> sendRate = Count("--send-rate", "Least rate at which a client takes what is sent, in bytes a second", Defaults.Sending.MinBytesPerSecond, "bytes", least: 1, most: MaxRate);
    readonly Option<Duration> sendGrace = Time("--send-grace", "What a client may take on top of that rate", Defaults.Sending.GraceMilliseconds, least: 0);
    readonly Option<Duration> sendStall = Time("--send-stall", "How long one send, of 64KiB at most, may take", Defaults.Sending.StallMilliseconds, least: 1);
    readonly Option<Duration> idleTime = Time("--idle-time", "How long a connection may wait for its next request", Defaults.IdleMilliseconds, least: 1);
    readonly Option<long> requests = Count("--requests-per-connection", "Most requests on one connection; the last answer closes it", Defaults.MaxRequests, "count", least: 1, most: MaxCount);
    readonly Option<ByteSize> discardBytes = Size("--discard-bytes", "Most unread content of an answered request that is read away to keep the connection", Defaults.MaxDiscardBytes, least: 0, most: 1 << 30);
    readonly Option<Duration> lingerTime = Time("--linger-time", "How long a client may be silent after its last answer before the connection is closed", Defaults.LingerMilliseconds, least: 0);
    readonly Option<Duration> maxLingerTime = Time("--max-linger-time", "How long a client may go on sending after its last answer", Defaults.MaxLingerMilliseconds, least: 0);
    readonly Option<long> connections = Count("--max-connections", "Most connections at a time; the default fits the descriptor limit", Defaults.Listening.MaxConnections, "count", least: 1, most: MaxCount);

    public LimitSettings() => All =
    [
        lineBytes, headBytes, headFields, headTime, bodyBytes, bodyRate, bodyGrace, sendQueueBytes, sendTotalBytes, sendRate, sendGrace, sendStall, idleTime, requests,
        discardBytes, lingerTime, maxLingerTime, connections,
    ];

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All { get; }

    /// <summary>What was set.</summary>
    public HttpServerOptions Read(ParseResult parsed) => new()
    {
        Limits = new()
        {
            MaxRequestLineBytes = Bytes(parsed, lineBytes),
            MaxHeadBytes = Bytes(parsed, headBytes),
            MaxFields = Number(parsed, headFields),
            MaxBodyBytes = parsed.GetValue(bodyBytes).Bytes,
        },
        Sending = new()
        {
            MaxBytes = Bytes(parsed, sendQueueBytes),
            Budget = new(parsed.GetValue(sendTotalBytes).Bytes),
            MinBytesPerSecond = Number(parsed, sendRate),
            GraceMilliseconds = Milliseconds(parsed, sendGrace),
            StallMilliseconds = Milliseconds(parsed, sendStall),
        },
        Listening = new() { MaxConnections = Number(parsed, connections) },
        HeadMilliseconds = Milliseconds(parsed, headTime),
        IdleMilliseconds = Milliseconds(parsed, idleTime),
        MinBodyBytesPerSecond = Number(parsed, bodyRate),
        BodyGraceMilliseconds = Milliseconds(parsed, bodyGrace),
        MaxRequests = Number(parsed, requests),
        MaxDiscardBytes = Bytes(parsed, discardBytes),
        LingerMilliseconds = Milliseconds(parsed, lingerTime),
        MaxLingerMilliseconds = Milliseconds(parsed, maxLingerTime),
    };

    static int Bytes(ParseResult parsed, Option<ByteSize> option) => (int)parsed.GetValue(option).Bytes;

    static int Number(ParseResult parsed, Option<long> option) => (int)parsed.GetValue(option);

    static int Milliseconds(ParseResult parsed, Option<Duration> option) => (int)parsed.GetValue(option).Time.TotalMilliseconds;

    static Option<ByteSize> Size(string name, string description, long usual, long least, long most) =>
        Bounded(name, description, "size", new ByteSize(usual), Quantities.TryReadBytes, "a size such as 16MiB", new ByteSize(least), new ByteSize(most));

    static Option<Duration> Time(string name, string description, int usual, int least) =>
        Bounded(name, description, "time", Of(usual), Quantities.TryReadDuration, "a time such as 90s or 1h", Of(least), Of(MaxTime));

    static Option<long> Count(string name, string description, long usual, string unit, long least, long most) =>
        Bounded(name, description, unit, usual, long.TryParse, "a whole number", least, most);

    static Duration Of(long milliseconds) => new(TimeSpan.FromMilliseconds(milliseconds));

    // Hidden, since the help lists them in a group of their own (GroupedHelp).
    static Option<T> Bounded<T>(string name, string description, string unit, T usual, ServeSettings.TryReadQuantity<T> tryRead, string expected, T least, T most)
        where T : struct, IComparable<T> => new(name)
        {
            Description = description,
            HelpName = unit,
            Hidden = true,
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                T value = ServeSettings.Read(result, tryRead, expected);
                if (result.Errors.Any() || value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0) return value;
                result.AddError($"'{result.Tokens[0].Value}' is out of range for {name}: {least} to {most}.");
                return value;
            },
        };
}
