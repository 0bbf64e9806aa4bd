using System.Diagnostics;

namespace RawRealtime.Bench;

/// <summary>One run: open, warm up, measure, stop, wait for what is under way, judge.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="progress">How it is told meanwhile.</param>
internal sealed class BenchRunner(BenchOptions options, BenchProgress progress)
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250), Settle = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan SettleEach = TimeSpan.FromMicroseconds(20);

    readonly BenchLedger ledger = new();
    WireCount atStart, atBegin;

    /// <summary>Runs.</summary>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    /// <exception cref="IOException">The server's process can't be read.</exception>
    public async Task<BenchResult> RunAsync(CancellationToken cancellation)
    {
        using BenchScenario scenario = NewScenario();
        progress.Phase("connecting");
        ProcessUsage? before = null;
        if (options.Kind == BenchKind.Idle)
        {
            await scenario.OpenAsync(options.First, cancellation).ConfigureAwait(false);
            await Task.Delay(Settle * 5, cancellation).ConfigureAwait(false);
            before = Usage();
        }
        await scenario.OpenAsync(options.Connections, cancellation).ConfigureAwait(false);
        await Task.Delay(Settle + SettleEach * options.Connections, cancellation).ConfigureAwait(false); // what was asked last is in force
        return await MeasureAsync(scenario, before, cancellation).ConfigureAwait(false);
    }

    async Task<BenchResult> MeasureAsync(BenchScenario scenario, ProcessUsage? before, CancellationToken cancellation)
    {
        using Pacer? pacer = Start(scenario);
        if (options.Kind != BenchKind.Idle) await WarmUpAsync(cancellation).ConfigureAwait(false);
        lock (ledger.Gate)
        {
            ledger.Latency.Clear();
            atBegin = ledger.Wire;
        }
        (before, double own, long began) = (before ?? Usage(), Environment.CpuUsage.TotalTime.TotalSeconds, Stopwatch.GetTimestamp());
        await WatchAsync(began, cancellation).ConfigureAwait(false);
        BenchResult result;
        lock (ledger.Gate) result = Sum(scenario, began) with { Before = before, After = Usage() };
        result = result with { GeneratorCores = (Environment.CpuUsage.TotalTime.TotalSeconds - own) / result.Seconds };
        pacer?.Dispose();
        await DrainAsync(scenario, cancellation).ConfigureAwait(false);
        lock (ledger.Gate)
        {
            scenario.JudgeEnd();
            return result with { Faults = FaultsSoFar(), FirstFault = ledger.FirstFault, WholeWire = ledger.Wire - atStart };
        }
    }

    BenchScenario NewScenario() => options switch
    {
        { Kind: BenchKind.Connect } => new ConnectScenario(options, ledger),
        { Kind: BenchKind.FanOut } or { Kind: BenchKind.Idle, Transport: not BenchTransport.Http } => new FanOutScenario(options, ledger),
        _ => new LaneScenario(options, ledger),
    };

    Pacer? Start(BenchScenario scenario)
    {
        if (options.Kind == BenchKind.Idle) return null;
        Schedule? schedule = options.Rate is { } rate ? new(Stopwatch.GetTimestamp(), rate) : null;
        lock (ledger.Gate)
        {
            atStart = ledger.Wire;
            scenario.Start(schedule);
        }
        return schedule is { } paced ? new(ledger, scenario, paced, options.Most ?? long.MaxValue) : null;
    }

    ProcessUsage? Usage() => options.Pids.Count == 0 ? null : ProcessUsage.Of(options.Pids);

    async Task WarmUpAsync(CancellationToken cancellation)
    {
        progress.Phase("warming up");
        await Task.Delay(options.Warmup, cancellation).ConfigureAwait(false);
    }

    async Task WatchAsync(long began, CancellationToken cancellation)
    {
        long closed = began;
        ProcessUsage? last = Usage();
        long lastOperations = atBegin.Operations;
        while (Stopwatch.GetElapsedTime(began) is var passed && passed < options.Duration)
        {
            TimeSpan left = options.Duration - passed;
            await Task.Delay(left < Step ? left : Step, cancellation).ConfigureAwait(false);
            if (Stopwatch.GetElapsedTime(closed) is not { TotalSeconds: >= 0.95 } second) continue;
            closed = Stopwatch.GetTimestamp();
            lock (ledger.Gate) ledger.Latency.CloseSecond(Stopwatch.GetElapsedTime(began).TotalSeconds, second.TotalSeconds);
            (long operations, ProcessUsage? now) = (ledger.Wire.Operations, progress.IsShown ? Usage() : null);
            double? cpu = now is { } used && last is { } known && operations > lastOperations ? (used.CpuSeconds - known.CpuSeconds) * 1e6 / (operations - lastOperations) : null;
            progress.Second(options, ledger.Latency.Moments[^1], cpu, ledger.Faults);
            (last, lastOperations) = (now, operations);
        }
        if (Stopwatch.GetElapsedTime(closed) is { TotalSeconds: > 0.05 } rest)
            lock (ledger.Gate) ledger.Latency.CloseSecond(Stopwatch.GetElapsedTime(began).TotalSeconds, rest.TotalSeconds);
    }

    BenchResult Sum(BenchScenario scenario, long began) => new(options, scenario.Operation)
    {
        Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
        Wire = ledger.Wire - atBegin,
        Latency = ledger.Latency.Sum(),
        Moments = [.. ledger.Latency.Moments],
        Curve = [.. ledger.Latency.Curve()],
        Open = scenario.Open,
    };

    async Task DrainAsync(BenchScenario scenario, CancellationToken cancellation)
    {
        progress.Phase("waiting for what is under way");
        lock (ledger.Gate) scenario.Stop();
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < options.DrainTime)
        {
            lock (ledger.Gate)
            {
                if (scenario.IsDrained) return;
            }
            await Task.Delay(Settle / 10, cancellation).ConfigureAwait(false);
        }
    }

    List<(BenchFailure Fault, long Count)> FaultsSoFar() =>
        [.. Enum.GetValues<BenchFailure>().Select(fault => (fault, ledger.CountOf(fault))).Where(one => one.Item2 > 0)];
}
