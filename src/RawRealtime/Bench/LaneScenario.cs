using System.Diagnostics;
using RawWebSocket.Handshake;

namespace RawRealtime.Bench;

/// <summary>Requests, or echoes: connections that are independent of each other.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="ledger">What it counts.</param>
internal sealed class LaneScenario(BenchOptions options, BenchLedger ledger) : BenchScenario(options, ledger)
{
    readonly List<ILane> lanes = [];

    /// <inheritdoc/>
    public override string Operation => Options.Kind == BenchKind.Ws ? "echo" : "request";

    /// <inheritdoc/>
    public override bool IsDrained => lanes.All(lane => lane.Clock.UnderWay == 0 || !lane.Connection.IsOpen);

    /// <inheritdoc/>
    public override async Task OpenAsync(int first, CancellationToken cancellation)
    {
        ILane[] more = [.. (Options.Kind == BenchKind.Ws ? Echoes() : Requests()).Take(Math.Min(first, Options.Connections) - lanes.Count)];
        lanes.AddRange(more);
        await OpenAsync([.. more.Select(lane => lane.Connection)], Options.Url, cancellation).ConfigureAwait(false);
        if (Options.Kind == BenchKind.Idle) AskOnce(more);
    }

    /// <inheritdoc/>
    public override void Start(Schedule? schedule)
    {
        long now = Stopwatch.GetTimestamp();
        for (int i = 0; i < lanes.Count; i++)
        {
            if (schedule is { } common) lanes[i].Clock.Follow(common, i, lanes.Count);
            else lanes[i].Clock.RunFlatOut();
            lanes[i].Fill(now);
        }
    }

    /// <inheritdoc/>
    public override void Release(long number, long now)
    {
        ILane lane = lanes[(int)(number % lanes.Count)];
        lane.Clock.Release();
        lane.Fill(now);
    }

    /// <inheritdoc/>
    public override void Stop()
    {
        foreach (ILane lane in lanes) lane.Clock.Stop();
    }

    /// <inheritdoc/>
    public override void JudgeEnd()
    {
        long missing = lanes.Sum(lane => (long)lane.Clock.UnderWay);
        Ledger.Wrong(Options.Kind == BenchKind.Ws ? BenchFailure.Lost : BenchFailure.Unanswered, $"{missing} answers had not come by the end.", missing);
    }

    // A connection that idles is one that was used.
    void AskOnce(ILane[] some)
    {
        lock (Ledger.Gate)
        {
            long now = Stopwatch.GetTimestamp();
            foreach (ILane lane in some)
            {
                lane.Clock.Follow(new(now, 1), 0, 1);
                lane.Clock.Release();
                lane.Fill(now);
            }
        }
    }

    IEnumerable<ILane> Requests()
    {
        byte[] one = BenchRequests.Head("GET", Options.Url, Options.Fields);
        byte[] requests = [.. Enumerable.Repeat(one, Options.Depth).SelectMany(bytes => bytes)];
        int inbox = Options.Kind == BenchKind.Idle ? IdleInboxBytes : InboxBytes;
        AnswerRule rule = new(Options.Status, Options.Length, inbox / 2);
        return Enumerable.Range(0, Options.Connections).Select(_ => new HttpLane(Ledger, requests, Options.Depth, rule, inbox));
    }

    IEnumerable<ILane> Echoes()
    {
        byte[] key = new byte[AcceptKey.KeyBytes];
        AcceptKey.WriteNewKey(key);
        byte[] request = BenchRequests.Opening(Options.Url, Options.Fields, key);
        NumberedMessage format = new(Options.Size);
        return Enumerable.Range(0, Options.Connections).Select(_ => new EchoLane(Ledger, InboxBytes, request, key, format, Options.Depth));
    }
}
