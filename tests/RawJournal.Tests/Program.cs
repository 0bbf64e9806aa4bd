using System.Buffers.Binary;
using System.Globalization;
using RawJournal.Wire;

namespace RawJournal.Tests;

/// <summary>A process that appends and says what is committed, until it is killed. See <see cref="CrashTests"/>.</summary>
static class Program
{
    static int Main(string[] arguments)
    {
        if (arguments is not [var folder, var policy]) return 2;
        Child child = new();
        JournalOptions options = new() { Fsync = Enum.Parse<FsyncPolicy>(policy), SegmentBytes = 256 << 10 };
        using Journal journal = Journal.Open(folder, options, child);
        child.Begin();
        byte[] record = new byte[700];
        SpinWait wait = default;
        while (!child.HasFailed)
        {
            if (journal.PendingBytes > 64 << 10)
            {
                wait.SpinOnce();
                continue;
            }
            long number = ++child.Last;
            journal.Append(Fill(record, number));
        }
        return 1;
    }

    /// <summary>The record of a number: the number, and as many bytes that follow from it.</summary>
    public static ReadOnlySpan<byte> Fill(Span<byte> block, long number)
    {
        Span<byte> record = block[..(8 + (int)(number * 31 % 600))];
        record.Fill((byte)number);
        BinaryPrimitives.WriteInt64LittleEndian(record, number);
        return record;
    }

    sealed class Child : IJournalOwner
    {
        readonly Stream output = Console.OpenStandardOutput();
        long begunAt;

        public long Last { get; set; }

        public bool HasFailed { get; private set; }

        public void Begin() => begunAt = Last;

        public void OnSegmentStart(long segment)
        {
        }

        public void OnRecord(long segment, ReadOnlySpan<byte> record) => Last = BinaryPrimitives.ReadInt64LittleEndian(record);

        public void OnNotice(JournalNotice notice)
        {
        }

        public void OnCommitted(long upToIndex)
        {
            Span<byte> line = stackalloc byte[24];
            (begunAt + upToIndex).TryFormat(line, out int digits, default, CultureInfo.InvariantCulture);
            line[digits] = (byte)'\n';
            output.Write(line[..(digits + 1)]);
        }

        public void WriteCheckpoint(long segment, CheckpointWriter checkpoint)
        {
        }

        public void OnFailed(JournalException failure) => HasFailed = true;
    }
}
