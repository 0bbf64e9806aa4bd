namespace RawRealtime.Server;

/// <summary>
/// Has the garbage collected, and memory given back, when the process does next to nothing. What opening many connections leaves behind lies
/// between what they keep: the runtime, which collects while memory is asked for, would never get to it, and each idle connection would
/// weigh twice as much. docs/decisions/0051-garbage-is-collected-in-calm.md
/// </summary>
internal sealed class CalmCollector : IDisposable
{
    /// <summary>How long it has to be calm.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What must have been allocated since the last time, in bytes: less is not worth a pause.</summary>
    internal const long WorthBytes = 8 << 20;

    // Of one core. A pause then holds up few: whoever is busy is left alone.
    const double CalmLoad = 0.05;

    readonly Func<TimeSpan> busy;
    readonly Func<long> allocated;
    readonly Action collect;
    readonly ITimer timer;
    TimeSpan busyBefore;
    long allocatedBefore;

    /// <summary>Begins to watch this process.</summary>
    internal CalmCollector()
        : this(TimeProvider.System, static () => Environment.CpuUsage.TotalTime, static () => GC.GetTotalAllocatedBytes(), Collect)
    {
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="time">When to look.</param>
    /// <param name="busy">CPU time of the process until now.</param>
    /// <param name="allocated">Bytes that it allocated until now.</param>
    /// <param name="collect">What to do in calm.</param>
    internal CalmCollector(TimeProvider time, Func<TimeSpan> busy, Func<long> allocated, Action collect)
    {
        (this.busy, this.allocated, this.collect) = (busy, allocated, collect);
        (busyBefore, allocatedBefore) = (busy(), allocated());
        timer = time.CreateTimer(static me => ((CalmCollector)me!).Look(), this, Interval, Interval);
    }

    /// <summary>Watches no more.</summary>
    public void Dispose() => timer.Dispose();

    void Look()
    {
        TimeSpan now = busy(), spent = now - busyBefore;
        busyBefore = now;
        if (spent > Interval * CalmLoad || allocated() - allocatedBefore < WorthBytes) return;
        collect();
        (busyBefore, allocatedBefore) = (busy(), allocated());
    }

    // Compacting: the garbage lies in between, and only whole regions can be given back.
    static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
