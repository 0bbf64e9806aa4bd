using System.Diagnostics;
using System.Globalization;
using RawJournal;
using RawJournal.Wire;

namespace RawRealtime.Bench;

/// <summary>Writers that append a record of 200 bytes each, wait until it is committed, and append the next: what a publisher does who waits for its answer.</summary>
sealed class Run : IJournalOwner
{
    const int RecordBytes = 200;

    readonly object gate = new();
    long committed, batches;
    bool isOver;

    /// <summary>One row of the table.</summary>
    public static string Measure(string under, FsyncPolicy policy, int writers, TimeSpan time)
    {
        string folder = Directory.CreateDirectory(Path.Combine(under, $"journal-bench-{Environment.ProcessId}")).FullName;
        Run run = new();
        List<double>[] waits = [.. Enumerable.Range(0, writers).Select(_ => new List<double>())];
        try
        {
            using Journal journal = Journal.Open(folder, new() { Fsync = policy }, run);
            Thread[] threads = [.. waits.Select(mine => new Thread(() => run.Write(journal, mine)))];
            using Timer end = new(_ => run.isOver = true, null, time, Timeout.InfiniteTimeSpan);
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        double[] all = [.. waits.SelectMany(mine => mine).Order()];
        return string.Create(CultureInfo.InvariantCulture,
            $"| {policy} | {writers} | {all.Length / time.TotalSeconds:N0} | {(double)all.Length / run.batches:N1} | {all[all.Length / 2]:N0} µs | {all[all.Length * 99 / 100]:N0} µs |");
    }

    void Write(Journal journal, List<double> waits)
    {
        byte[] record = new byte[RecordBytes];
        while (!Volatile.Read(ref isOver))
        {
            long begun = Stopwatch.GetTimestamp();
            long index = journal.Append(record);
            lock (gate)
            {
                while (committed < index) Monitor.Wait(gate);
            }
            waits.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
        }
    }

    public void OnCommitted(long upToIndex)
    {
        lock (gate)
        {
            (committed, batches) = (upToIndex, batches + 1);
            Monitor.PulseAll(gate);
        }
    }

    public void OnFailed(JournalException failure) => throw failure;

    public void OnNotice(JournalNotice notice) => Console.Error.WriteLine(notice.Message);

    public void OnSegmentStart(long segment)
    {
    }

    public void OnRecord(long segment, ReadOnlySpan<byte> record)
    {
    }

    public void WriteCheckpoint(long segment, CheckpointWriter checkpoint)
    {
    }
}
