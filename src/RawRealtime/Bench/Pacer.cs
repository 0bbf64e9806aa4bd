using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RawRealtime.Bench;

/// <summary>Tells a scenario what is due, from a thread of its own, to about a tenth of a millisecond.</summary>
internal sealed class Pacer : IDisposable
{
    const long MostMicroseconds = 100_000;

    readonly BenchLedger ledger;
    readonly BenchScenario scenario;
    readonly Schedule schedule;
    readonly long most;
    readonly Thread thread;
    readonly ManualResetEventSlim stop = new();

    /// <summary>Starts.</summary>
    /// <param name="ledger">Whose gate it is told under.</param>
    /// <param name="scenario">Who is told.</param>
    /// <param name="schedule">What is due when.</param>
    /// <param name="most">How many are due at most.</param>
    public Pacer(BenchLedger ledger, BenchScenario scenario, Schedule schedule, long most = long.MaxValue)
    {
        (this.ledger, this.scenario, this.schedule, this.most) = (ledger, scenario, schedule, most);
        thread = new(Run) { IsBackground = true, Name = "bench pacer" };
        thread.Start();
    }

    /// <summary>Stops; afterwards it tells nothing more.</summary>
    public void Dispose()
    {
        stop.Set();
        thread.Join();
        stop.Dispose();
    }

    void Run()
    {
        for (long next = 0; !stop.IsSet;)
        {
            long now = Stopwatch.GetTimestamp(), due = Math.Min(schedule.DueBy(now), most);
            if (next < due)
            {
                lock (ledger.Gate)
                {
                    for (; next < due; next++) scenario.Release(next, now);
                }
            }
            else Wait(next == most ? MostMicroseconds : (schedule.DueAt(next) - now) * 1_000_000 / Stopwatch.Frequency);
        }
    }

    // A wait of .NET's own is rounded up to milliseconds, which would be added to every latency.
    void Wait(long microseconds)
    {
        if (OperatingSystem.IsWindows()) stop.Wait(1);
        else _ = Sleep((uint)Math.Clamp(microseconds, 1, MostMicroseconds));
    }

    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Sleep(uint microseconds);
}
