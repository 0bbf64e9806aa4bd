namespace RawNet.Wire;

/// <summary>
/// Reads the header that a proxy puts in front of a connection to tell whose it is: the line of version 1, the block of version 2.
/// "The PROXY protocol, versions 1 and 2", §2. Keeps nothing between calls: it is shown all bytes since the first, and says when they are enough.
/// </summary>
public static class ProxyHeaderReader
{
    /// <summary>Bytes in front of a block's addresses. PROXY §2.2.</summary>
    public const int BlockHeadBytes = 16;

    /// <summary>Most bytes of a block after its first 16: addresses and what a proxy adds to them.</summary>
    public const int MaxBlockBytes = 4096;

    /// <summary>Most bytes of a line, CRLF included. PROXY §2.1.</summary>
    public const int MaxLineBytes = 107;

    /// <summary>Most bytes of a header: whoever has so many gets an answer.</summary>
    public const int MaxBytes = BlockHeadBytes + MaxBlockBytes;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Everything that came, from the first byte on.</param>
    /// <returns>The header, or that more is needed, or the first rule that is broken.</returns>
    public static ProxyHeader Read(ReadOnlySpan<byte> bytes)
    {
        // PROXY §2: the first byte tells the two apart.
        if (bytes.IsEmpty) return ProxyHeader.Unfinished;
        return bytes[0] == ProxyLineReader.Signature[0] ? ProxyLineReader.Read(bytes) : ProxyBlockReader.Read(bytes);
    }

    internal static bool BeginsAs(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        int length = Math.Min(bytes.Length, signature.Length);
        return bytes[..length].SequenceEqual(signature[..length]);
    }
}
