using System.Text;
using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

/// <summary>Segments made by hand, and what a reader says of one.</summary>
static class Segments
{
    public const long Number = 7;

    public const ulong Salt = 0x0123456789ABCDEF;

    /// <summary>A segment with these records, each with how much was synced when it was written.</summary>
    public static byte[] Of(params (string Record, uint SyncedTo)[] records)
    {
        List<byte> file = [.. Header()];
        foreach ((string record, uint syncedTo) in records) file.AddRange(Frame(Encoding.Latin1.GetBytes(record), file.Count, syncedTo));
        return [.. file];
    }

    public static byte[] Of(params string[] records) => Of([.. records.Select(record => (record, 0u))]);

    public static byte[] Header()
    {
        byte[] header = new byte[SegmentHeader.Bytes];
        new SegmentHeader(Number, Salt).Write(header);
        return header;
    }

    public static byte[] Frame(byte[] record, long offset, uint syncedTo = 0, ulong salt = Salt)
    {
        byte[] frame = new byte[RecordFrames.SizeOf(record.Length)];
        RecordFrames.Begin(frame, record, Checksum.Of(record));
        RecordFrames.Complete(frame, salt, offset, syncedTo);
        return frame;
    }

    public static (List<string> Records, JournalFault Fault, int Offset) Read(ReadOnlySpan<byte> file)
    {
        SegmentReader reader = new(file, Number);
        List<string> records = [];
        JournalFault fault;
        while (reader.TryRead(out ReadOnlySpan<byte> record, out fault)) records.Add(Encoding.Latin1.GetString(record));
        return (records, fault, reader.Offset);
    }

    public static byte[] Flipped(byte[] file, int at, byte mask = 0x01)
    {
        byte[] copy = [.. file];
        copy[at] ^= mask;
        return copy;
    }
}
