using RawJournal.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>
/// Segments of a journal. The input is read as a segment as it is. Then a segment is written that has the input in it, as records cut
/// at a place that follows from it; it is damaged in one place, and what is read must be what was written, up to the damage.
/// </summary>
sealed class SegmentTarget : Target
{
    const long Segment = 7;

    static readonly LastClose[] Closes = [LastClose.Clean, LastClose.ProcessEnded, LastClose.MachineRestarted];

    // Different for each input, as a real one is drawn: no input can hold a record that has it.
    ulong salt;

    byte[] block = new byte[4096], copy = new byte[4096];

    public override string Name => "segment";

    public override void Run(ReadOnlySpan<byte> input)
    {
        uint hash = StreamTarget.Hash(input);
        salt = (hash + 1UL) * 0x9E3779B97F4A7C15;
        ReadAny(input);
        if (input.IsEmpty) return;
        int record = 1 + (int)(hash % (uint)Math.Min(input.Length, 200));
        Span<byte> written = Write(input, record);
        Unless(ReadWritten(written, input, record) == written.Length, "our own segment is not read to its end");
        int at = SegmentHeader.Bytes + (int)((hash >> 8) % (uint)(written.Length - SegmentHeader.Bytes));
        Flipped(written, at, (byte)(1 << (int)(hash & 7)), input, record);
        Cut(written[..at], input, record);
    }

    // The input as it lies in a file, and behind a good header.
    void ReadAny(ReadOnlySpan<byte> input)
    {
        Judge(input);
        Span<byte> headed = Room(ref copy, SegmentHeader.Bytes + input.Length);
        new SegmentHeader(Segment, salt).Write(headed);
        input.CopyTo(headed[SegmentHeader.Bytes..]);
        Judge(headed);
    }

    static void Judge(ReadOnlySpan<byte> file)
    {
        SegmentReader reader = new(file, Segment);
        int before = 0;
        JournalFault fault;
        while (reader.TryRead(out ReadOnlySpan<byte> record, out fault))
        {
            Unless(record.Length is > 0 and <= RecordHead.MaxRecordBytes, "a record that is none");
            Unless(reader.Offset <= file.Length && reader.Offset >= before + RecordFrames.SizeOf(record.Length), "no progress, or past the end");
            before = reader.Offset;
        }
        Unless(fault != JournalFault.None || reader.Offset == file.Length, "bytes that are neither read nor refused");
        if (fault == JournalFault.None) return;
        foreach (LastClose last in Closes)
        {
            TailVerdict verdict = TailRules.Judge(file, reader.Salt, reader.Offset, fault, isLast: true, last, out int witness);
            Unless(last != LastClose.Clean || verdict == TailVerdict.Damage, "a torn tail of a journal that was closed");
            Unless(witness < 0 || (witness > reader.Offset && witness < file.Length && verdict == TailVerdict.Damage), "a witness that is none");
        }
    }

    void Flipped(Span<byte> written, int at, byte mask, ReadOnlySpan<byte> input, int record)
    {
        written[at] ^= mask;
        int good = ReadWritten(written, input, record);
        Unless(good <= at, "a damaged record was read");
        bool isLast = written.Length - good <= RecordFrames.SizeOf(record) && input.Length - RecordsBefore(good, record) * record <= record;
        TailVerdict verdict = TailRules.Judge(written, salt, good, Fault(written), isLast: true, LastClose.ProcessEnded, out int witness);
        Unless(verdict == (isLast ? TailVerdict.Torn : TailVerdict.Damage), "damage is taken for a torn tail, or the other way round");
        Unless(isLast || witness == good + RecordFrames.SizeOf(record), "the next record is not the witness");
        written[at] ^= mask;
    }

    void Cut(ReadOnlySpan<byte> written, ReadOnlySpan<byte> input, int record)
    {
        int good = ReadWritten(written, input, record);
        Unless(good <= written.Length && written.Length - good < RecordFrames.SizeOf(record), "a whole record in front of a cut was not read");
        if (good == written.Length) return;
        Unless(TailRules.Judge(written, salt, good, Fault(written), isLast: true, LastClose.ProcessEnded, out _) == TailVerdict.Torn, "a cut record is not torn");
    }

    // How far it can be read; each record must be the next piece of the input.
    static int ReadWritten(ReadOnlySpan<byte> file, ReadOnlySpan<byte> input, int record)
    {
        SegmentReader reader = new(file, Segment);
        while (reader.TryRead(out ReadOnlySpan<byte> read, out _))
        {
            int length = Math.Min(record, input.Length);
            Unless(read.SequenceEqual(input[..length]), "a record that was not written");
            input = input[length..];
        }
        return reader.Offset;
    }

    static JournalFault Fault(ReadOnlySpan<byte> file)
    {
        SegmentReader reader = new(file, Segment);
        JournalFault fault;
        while (reader.TryRead(out _, out fault))
        {
        }
        return fault;
    }

    static int RecordsBefore(int offset, int record) => (offset - SegmentHeader.Bytes) / RecordFrames.SizeOf(record);

    Span<byte> Write(ReadOnlySpan<byte> input, int record)
    {
        int records = (input.Length + record - 1) / record;
        Span<byte> file = Room(ref block, SegmentHeader.Bytes + input.Length + records * RecordHead.Bytes);
        new SegmentHeader(Segment, salt).Write(file);
        Span<byte> frames = file[SegmentHeader.Bytes..];
        for (int at = 0; !input.IsEmpty; at += RecordFrames.SizeOf(Math.Min(record, input.Length)), input = input[Math.Min(record, input.Length)..])
        {
            ReadOnlySpan<byte> piece = input[..Math.Min(record, input.Length)];
            RecordFrames.Begin(frames[at..], piece, Checksum.Of(piece));
        }
        RecordFrames.Complete(frames, salt, SegmentHeader.Bytes, SegmentHeader.Bytes);
        return file;
    }

    static Span<byte> Room(ref byte[] room, int length)
    {
        if (room.Length < length) room = new byte[2 * length];
        return room.AsSpan(0, length);
    }

    static void Unless(bool holds, string what) => Results.Unless(holds, what);
}
