using RawHttp.Wire;

namespace RawHttp.Fuzz;

/// <summary>Makes the lines of an input those of a head, and reads them.</summary>
/// <param name="limits">What the head may hold.</param>
sealed class FieldBlock(HttpLimits limits)
{
    readonly ResponseHeadReader reader = new(limits);
    byte[] block = new byte[4096];

    /// <summary>The head that was read.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>Bytes of the head that was made of the last input.</summary>
    public int Length { get; private set; }

    /// <summary>Reads a head with the lines of <paramref name="input"/>.</summary>
    public ReadResult Read(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> start = "HTTP/1.1 200 \r\n"u8;
        Length = start.Length + input.Length + 4;
        if (block.Length < Length) block = new byte[Length];
        start.CopyTo(block);
        input.CopyTo(block.AsSpan(start.Length));
        "\r\n\r\n"u8.CopyTo(block.AsSpan(start.Length + input.Length));
        reader.Reset();
        return reader.Read(block.AsSpan(0, Length), Head);
    }
}
