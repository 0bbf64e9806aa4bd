using System.Buffers.Binary;
using System.Text;

namespace RawHub;

/// <summary>Reads the fields of a record; one that is not whole gives zeros and is no longer sound.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> record)
{
    ReadOnlySpan<byte> left = record;

    internal bool IsSound { get; private set; } = true;

    internal byte Byte() => Take(1) is [var value] ? value : (byte)0;

    internal int Int() => Take(4) is { Length: 4 } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    internal long Long() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    internal Epoch Epoch()
    {
        ReadOnlySpan<byte> bytes = Take(RawHub.Epoch.Length);
        Span<char> text = stackalloc char[RawHub.Epoch.Length];
        Encoding.Latin1.GetChars(bytes, text);
        // No epoch where none is meant, at the end of a list: eight NULs.
        if (!RawHub.Epoch.TryParse(text, out Epoch epoch) && bytes.ContainsAnyExcept((byte)0)) IsSound = false;
        return epoch;
    }

    internal ChannelName Channel()
    {
        if (!ChannelName.TryParse(TextBytes(), out ChannelName name)) IsSound = false;
        return name;
    }

    internal string Text() => Encoding.UTF8.GetString(TextBytes());

    ReadOnlySpan<byte> TextBytes() => Take(Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : 0);

    internal ReadOnlySpan<byte> Rest() => Take(left.Length);

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > left.Length)
        {
            IsSound = false;
            left = default;
            return default;
        }
        ReadOnlySpan<byte> taken = left[..count];
        left = left[count..];
        return taken;
    }
}
