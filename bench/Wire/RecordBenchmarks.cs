using BenchmarkDotNet.Attributes;
using RawJournal.Wire;

namespace RawRealtime.Bench;

/// <summary>One record of the journal: framed with its checksums as it is appended, and read as at a start.</summary>
public class RecordBenchmarks
{
    const ulong Salt = 0x0123456789ABCDEF;

    byte[] record = [], file = [];

    /// <summary>Bytes of the record.</summary>
    [Params(200, 4_096)]
    public int Size { get; set; }

    /// <summary>Prepares all.</summary>
    [GlobalSetup]
    public void Begin()
    {
        record = JsonMessages.Make(Size, 1)[0];
        file = new byte[SegmentHeader.Bytes + RecordFrames.SizeOf(Size)];
        new SegmentHeader(1, Salt).Write(file);
        Frame();
        Read();
    }

    /// <summary>Checksum, copy, head.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int Frame()
    {
        Span<byte> frames = file.AsSpan(SegmentHeader.Bytes);
        RecordFrames.Begin(frames, record, Checksum.Of(record));
        RecordFrames.Complete(frames, Salt, SegmentHeader.Bytes, 0);
        return frames.Length;
    }

    /// <summary>A segment with this one record, from its first byte.</summary>
    /// <returns>Bytes of the record.</returns>
    [Benchmark]
    public int Read()
    {
        SegmentReader reader = new(file, 1);
        return reader.TryRead(out ReadOnlySpan<byte> found, out _) ? found.Length : throw new InvalidDataException("There is a record.");
    }
}
