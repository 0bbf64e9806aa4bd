using RawWebSocket.Wire;

namespace RawRealtime.Bench;

/// <summary>Messages that are under way, side by side in one block with what stands in front of each: a frame's header, or a request's head.</summary>
internal sealed class MessageSlots
{
    readonly byte[] block;
    readonly int prefixBytes, slotBytes, count;
    readonly uint mask;

    /// <summary>Room for messages.</summary>
    /// <param name="format">The messages.</param>
    /// <param name="prefix">What stands in front of each.</param>
    /// <param name="mask">The key that a client's frame is masked with; 0 for none.</param>
    /// <param name="count">Most messages under way.</param>
    public MessageSlots(NumberedMessage format, ReadOnlySpan<byte> prefix, uint mask, int count)
    {
        (prefixBytes, slotBytes, this.mask, this.count) = (prefix.Length, prefix.Length + format.Size, mask, count);
        block = new byte[slotBytes * count];
        for (int i = 0; i < count; i++)
        {
            Span<byte> slot = block.AsSpan(i * slotBytes, slotBytes);
            prefix.CopyTo(slot);
            format.Write(slot[prefixBytes..], 0);
            if (mask != 0) Masking.Apply(slot[prefixBytes..], mask, 0);
        }
    }

    /// <summary>Frames of a client, each a text message. One mask serves all frames of a run: nothing secret depends on it.</summary>
    /// <param name="format">The messages.</param>
    /// <param name="mask">The key, not 0.</param>
    /// <param name="count">Most messages under way.</param>
    public static MessageSlots OfFrames(NumberedMessage format, uint mask, int count)
    {
        Span<byte> header = stackalloc byte[FrameHeader.MaxBytes];
        int length = FrameHeader.Of(Opcode.Text, isFinal: true, format.Size, mask).Write(header);
        return new(format, header[..length], mask, count);
    }

    /// <summary>Writes the next messages.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="wanted">How many.</param>
    /// <returns>Their bytes, up to the end of the block: perhaps fewer than wanted, at least one.</returns>
    public ReadOnlyMemory<byte> Take(long first, int wanted)
    {
        int start = (int)(first % count), taken = Math.Min(wanted, count - start);
        for (int i = 0; i < taken; i++)
        {
            Span<byte> head = block.AsSpan((start + i) * slotBytes + prefixBytes, NumberedMessage.HeadBytes);
            NumberedMessage.WriteHead(head, first + i);
            if (mask != 0) Masking.Apply(head, mask, 0);
        }
        return block.AsMemory(start * slotBytes, taken * slotBytes);
    }

    /// <summary>How many messages these bytes are.</summary>
    /// <param name="bytes">What <see cref="Take"/> gave.</param>
    public int CountOf(ReadOnlyMemory<byte> bytes) => bytes.Length / slotBytes;
}
