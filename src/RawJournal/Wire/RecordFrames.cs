using System.Buffers.Binary;

namespace RawJournal.Wire;

/// <summary>
/// Records side by side, each with room for its head in front. A record is framed in two steps, since who appends it does not know
/// where it will stand: the checksum of its bytes first, the head's own when they are written.
/// </summary>
public static class RecordFrames
{
    /// <summary>Bytes that a record takes.</summary>
    /// <param name="recordBytes">Without its head.</param>
    public static int SizeOf(int recordBytes) => RecordHead.Bytes + recordBytes;

    /// <summary>Puts a record down with what is known of its head.</summary>
    /// <param name="into">At least <see cref="SizeOf"/> bytes.</param>
    /// <param name="record">1 to <see cref="RecordHead.MaxRecordBytes"/> bytes.</param>
    /// <param name="checksum">Of <paramref name="record"/>.</param>
    public static void Begin(Span<byte> into, ReadOnlySpan<byte> record, uint checksum)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(into[4..], checksum);
        record.CopyTo(into[RecordHead.Bytes..]);
    }

    /// <summary>Completes the heads of all records in <paramref name="frames"/>.</summary>
    /// <param name="frames">What <see cref="Begin"/> put down, one behind the other.</param>
    /// <param name="salt">Of the segment.</param>
    /// <param name="offset">Where in the segment the first will stand.</param>
    /// <param name="syncedTo">How much of the segment is on the disk itself.</param>
    public static void Complete(Span<byte> frames, ulong salt, long offset, uint syncedTo)
    {
        while (!frames.IsEmpty)
        {
            RecordHead head = new(BinaryPrimitives.ReadInt32LittleEndian(frames), BinaryPrimitives.ReadUInt32LittleEndian(frames[4..]), syncedTo);
            head.Write(frames, salt, offset);
            offset += SizeOf(head.Length);
            frames = frames[SizeOf(head.Length)..];
        }
    }
}
