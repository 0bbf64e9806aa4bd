using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using RawJournal.Wire;

namespace RawJournal.Tests;

/// <summary>A process that is killed in the middle of its work loses nothing that it said was committed.</summary>
public sealed class CrashTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(FsyncPolicy.Every, 4)]
    [InlineData(FsyncPolicy.Interval, 10)]
    [InlineData(FsyncPolicy.Never, 4)]
    public void However_often_it_is_killed_nothing_is_lost_and_nothing_doubled(FsyncPolicy policy, int kills)
    {
        for (int kill = 0; kill < kills; kill++)
        {
            long committed = RunAndKill(policy, lines: 3 + kill * kill);
            Numbers found = new();
            using Journal journal = Journal.Open(folder.Path, new(), found);
            Assert.True(found.Last >= committed, $"{committed} was committed, and {found.Last} is the last there is");
            Assert.False(journal.MayHaveLostTail);
        }
    }

    public static Process Start(string folder, FsyncPolicy policy, bool errors = false)
    {
        string dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, ["exec", typeof(CrashTests).Assembly.Location, folder, policy.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = errors,
        })!;
    }

    // The line is read from a pipe, so that the child has said it before it is killed.
    long RunAndKill(FsyncPolicy policy, int lines)
    {
        using Process child = Start(folder.Path, policy);
        using Timer watch = new(_ => child.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        string last = "";
        for (int i = 0; i < lines; i++) last = child.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The child ended by itself.");
        child.Kill();
        string[] more = child.StandardOutput.ReadToEnd().Split('\n');
        child.WaitForExit();
        if (more.Length > 1) last = more[^2]; // the last one may be cut
        return long.Parse(last, CultureInfo.InvariantCulture);
    }

    sealed class Numbers : IJournalOwner
    {
        readonly byte[] expected = new byte[700];

        public long Last { get; private set; }

        public void OnSegmentStart(long segment)
        {
        }

        public void OnRecord(long segment, ReadOnlySpan<byte> record)
        {
            Assert.Equal(Last + 1, BinaryPrimitives.ReadInt64LittleEndian(record));
            Assert.True(record.SequenceEqual(Program.Fill(expected, ++Last)));
        }

        public void OnNotice(JournalNotice notice) => Assert.StartsWith(Path.GetTempPath(), notice.File, StringComparison.Ordinal);

        public void OnCommitted(long upToIndex)
        {
        }

        public void WriteCheckpoint(long segment, CheckpointWriter checkpoint)
        {
        }

        public void OnFailed(JournalException failure)
        {
        }
    }
}
