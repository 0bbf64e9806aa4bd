using System.Buffers.Binary;
using System.Text;

namespace RawHub;

/// <summary>Writes the fields of a record into a span that is known to be large enough.</summary>
internal ref struct RecordWriter(Span<byte> into)
{
    readonly Span<byte> into = into;

    internal int Length { get; private set; }

    internal void Byte(byte value) => into[Length++] = value;

    internal void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into[Length..], value);
        Length += 4;
    }

    internal void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into[Length..], value);
        Length += 8;
    }

    internal void Epoch(Epoch value)
    {
        value.Format(into[Length..]);
        Length += RawHub.Epoch.Length;
    }

    // The longest are an event name of 384 bytes and a key of 128.
    internal void Text(string value)
    {
        int length = Encoding.UTF8.GetBytes(value, into[(Length + 2)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(into[Length..], (ushort)length);
        Length += 2 + length;
    }

    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(into[Length..]);
        Length += bytes.Length;
    }
}
