using System.Text;

namespace RawJournal.Tests;

/// <summary>An owner that writes down what it is told, and can be waited for.</summary>
sealed class Recorder : IJournalOwner
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly object gate = new();

    public List<string> Events { get; } = [];

    public List<string> Records { get; } = [];

    public List<JournalNotice> Notices { get; } = [];

    public List<long> Commits { get; } = [];

    public JournalException? Failure { get; private set; }

    /// <summary>Which records a segment begins with.</summary>
    public Func<long, IEnumerable<string>> Checkpoint { get; set; } = _ => [];

    /// <summary>Called on the writer thread before a commit is noted.</summary>
    public Action<long> Committing { get; set; } = _ => { };

    public void OnSegmentStart(long segment) => Note(() => Events.Add($"segment {segment}"));

    public void OnRecord(long segment, ReadOnlySpan<byte> record)
    {
        string text = Encoding.Latin1.GetString(record);
        Records.Add(text);
        Events.Add($"{segment}: {text}");
    }

    public void OnNotice(JournalNotice notice) => Notices.Add(notice);

    public void OnCommitted(long upToIndex)
    {
        Committing(upToIndex);
        Note(() => Commits.Add(upToIndex));
    }

    public void WriteCheckpoint(long segment, CheckpointWriter checkpoint)
    {
        foreach (string record in Checkpoint(segment)) checkpoint.Write(Encoding.Latin1.GetBytes(record));
    }

    public void OnFailed(JournalException failure) => Note(() =>
    {
        Assert.Null(Failure);
        Failure = failure;
    });

    public void WaitFor(long index) => Until(() => Failure is not null || (Commits.Count > 0 && Commits[^1] >= index));

    public JournalException WaitForFailure()
    {
        Until(() => Failure is not null);
        return Failure!;
    }

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    void Note(Action what)
    {
        lock (gate)
        {
            what();
            Monitor.PulseAll(gate);
        }
    }

    void Until(Func<bool> holds)
    {
        lock (gate)
        {
            while (!holds()) Assert.True(Monitor.Wait(gate, Patience), "It did not come in time.");
        }
    }
}
