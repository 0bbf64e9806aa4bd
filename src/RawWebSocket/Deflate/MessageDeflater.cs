using System.Buffers;

namespace RawWebSocket.Deflate;

/// <summary>
/// Deflates whole messages, without what the one before left: RFC 7692 §7.2.1 with no context takeover. Between messages it holds nothing.
/// </summary>
public static class MessageDeflater
{
    const int MaxTokens = 16 << 10, MaxHashBits = 13, MinHashBits = 8;

    /// <summary>Most bytes that a message may take.</summary>
    /// <param name="length">Bytes of the message.</param>
    public static int MaxLength(int length) => (int)Math.Min(Array.MaxLength, BlockWriter.MaxLength(length));

    /// <summary>Deflates a message. RFC 7692 §7.2.1: blocks, an empty stored block, and of that the last four bytes cut off.</summary>
    public static int Deflate(ReadOnlySpan<byte> message, Span<byte> output, int window)
    {
        int hashBits = Math.Clamp(System.Numerics.BitOperations.Log2((uint)message.Length | 1) + 1, MinHashBits, MaxHashBits);
        int[] heads = ArrayPool<int>.Shared.Rent(1 << hashBits);
        uint[] room = ArrayPool<uint>.Shared.Rent(Math.Min(message.Length + 1, MaxTokens));
        Span<int> hash = heads.AsSpan(0, 1 << hashBits);
        hash.Clear();
        Span<Token> tokens = System.Runtime.InteropServices.MemoryMarshal.Cast<uint, Token>(room.AsSpan());
        var writer = new BitWriter(output);
        for (int at = 0; at < message.Length;)
        {
            int start = at, count = MatchFinder.Fast(message, ref at, window, hash, tokens);
            BlockWriter.Write(tokens[..count], message[start..at], ref writer);
        }
        writer.Put(0b000, 3);
        writer.Align();
        ArrayPool<uint>.Shared.Return(room);
        ArrayPool<int>.Shared.Return(heads);
        return writer.Length;
    }
}
