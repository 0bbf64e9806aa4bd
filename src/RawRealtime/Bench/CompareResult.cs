namespace RawRealtime.Bench;

/// <summary>What is compared.</summary>
/// <param name="Server">Where the server is; null to start one.</param>
internal sealed record CompareOptions(Uri? Server)
{
    /// <summary>How many subscribers there are.</summary>
    public int Subscribers { get; init; } = 100;

    /// <summary>Messages a second that are published.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [10, 100, 1000];

    /// <summary>Bytes of a message.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [125, 4096];

    /// <summary>How long each is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often each is measured, in turns; the median counts.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Connections that are held open to see what each costs.</summary>
    public int Idle { get; init; } = 5000;

    /// <summary>How often coming back is tried.</summary>
    public int Reconnects { get; init; } = 50;

    /// <summary>The server's processes.</summary>
    public IReadOnlyList<int> Pids { get; init; } = [];

    /// <summary>JSON instead of tables.</summary>
    public bool IsJson { get; init; }

    /// <summary>Where a page with charts goes; null for none.</summary>
    public string? HtmlFile { get; init; }
}

/// <summary>The bytes of one delivered message by what they are, on average. Counted on the socket, both ways.</summary>
/// <param name="Heads">Heads of requests and answers.</param>
/// <param name="Framing">What stands around the message: frames, chunks, field names of events, JSON.</param>
/// <param name="Payload">The message.</param>
internal readonly record struct WireShare(double Heads, double Framing, double Payload)
{
    /// <summary>All of them.</summary>
    public double Sum => Heads + Framing + Payload;

    /// <summary>The bytes of a run.</summary>
    /// <param name="wire">What was counted.</param>
    /// <param name="size">Bytes of a message.</param>
    public static WireShare Of(WireCount wire, int size)
    {
        if (wire.Operations == 0) return default;
        double each = wire.Operations;
        // All that subscribers send are heads of requests, but for pongs, of which a short run has none.
        return new((wire.Heads + wire.Sent) / each, (wire.Received - wire.Heads) / each - size, size);
    }
}

/// <summary>One run: one transport, one rate, one size.</summary>
/// <param name="Transport">How messages were delivered.</param>
/// <param name="Rate">Messages a second.</param>
/// <param name="Size">Bytes of a message.</param>
/// <param name="Run">What was found.</param>
internal sealed record CompareCell(BenchTransport Transport, double Rate, int Size, BenchResult Run)
{
    /// <summary>The server's CPU for one delivery, in microseconds; null when it is not known.</summary>
    public double? CpuMicroseconds { get; init; } = Run.CpuMicroseconds;

    /// <summary>The bytes of one delivered message.</summary>
    public WireShare Share => WireShare.Of(Run.WholeWire, Size);

    /// <summary>The round in the middle by its p99, with the CPU in the middle; one in which something was wrong before all others.</summary>
    /// <param name="rounds">The same cell, several times.</param>
    public static CompareCell Median(IReadOnlyList<CompareCell> rounds)
    {
        if (rounds.FirstOrDefault(cell => !cell.Run.IsRight) is { } wrong) return wrong;
        CompareCell middle = rounds.OrderBy(cell => cell.Run.Latency.P99).ElementAt((rounds.Count - 1) / 2);
        double? cpu = rounds.Select(cell => cell.CpuMicroseconds).Order().ElementAt((rounds.Count - 1) / 2);
        return middle with { CpuMicroseconds = cpu };
    }
}

/// <summary>What a transport costs beside its messages.</summary>
/// <param name="Transport">Which.</param>
/// <param name="BytesPerSubscriber">The server's memory for each; null when it is not known.</param>
/// <param name="Reconnect">What coming back costs.</param>
internal sealed record CompareStanding(BenchTransport Transport, double? BytesPerSubscriber, ReconnectCost Reconnect);

/// <summary>All that was compared.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Cells">The runs.</param>
/// <param name="Standings">What the transports cost beside.</param>
internal sealed record CompareResult(CompareOptions Options, IReadOnlyList<CompareCell> Cells, IReadOnlyList<CompareStanding> Standings)
{
    /// <summary>What was wrong in any run, in words; null when nothing was.</summary>
    public string? Wrong => Cells.Where(cell => !cell.Run.IsRight).Select(cell => $"{CompareAdvice.NameOf(cell.Transport)}: {BenchReport.Verdict(cell.Run)}").FirstOrDefault();
}
