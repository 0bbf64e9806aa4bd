namespace RawSse.Wire;

/// <summary>Bytes that grow and are reused: one of the buffers of HTML §9.2.6.</summary>
internal sealed class ByteText
{
    byte[] bytes = new byte[16];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    internal void Clear() => Length = 0;

    internal void RemoveLast() => Length--;

    internal void Set(ReadOnlySpan<byte> value)
    {
        Length = 0;
        Append(value);
    }

    internal void Append(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(bytes.AsSpan(Length));
        Length += value.Length;
    }

    internal void Append(ReadOnlySpan<byte> value, byte last)
    {
        Reserve(value.Length + 1);
        Append(value);
        bytes[Length++] = last;
    }

    void Reserve(int more)
    {
        if (Length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(Length + more, bytes.Length * 2));
    }
}
