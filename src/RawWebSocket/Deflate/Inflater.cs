namespace RawWebSocket.Deflate;

/// <summary>
/// Inflates a stream of blocks, stopping and going on at any byte of input and output. RFC 1951. Blocks follow each other without end: behind
/// one that says it is the last, the next begins at the next byte (RFC 7692 §7.2.3.4). Not thread-safe.
/// </summary>
/// <param name="window">How far matches may reach back, in bytes, a power of two. RFC 7692 §7.1.2.</param>
sealed partial class Inflater(int window)
{
    DecodingTables tables;
    ReceivedWindow earlier;
    BitReader reader;
    Stage stage;
    bool isLast = true, isFixed; // at a message's beginning as behind a last block, the next one begins at a whole byte
    int stored; // bytes of a stored block that are still to come

    enum Stage : byte { Header, StoredLength, Stored, Counts, LengthCode, Lengths, Symbols, Copy }

    /// <summary>What is wrong; None unless <see cref="Inflate"/> said Invalid.</summary>
    internal DeflateFault Fault { get; private set; }

    /// <summary>Bytes held from the pool.</summary>
    internal int HeldBytes => tables.HeldBytes + earlier.HeldBytes;

    /// <summary>
    /// Ends a message. RFC 7692 §7.2.2: the empty stored block that its sender cut off, 00 00 FF FF, is put back; what must have come before it is
    /// the head of that block, or nothing when the sender ended with a last block or sent nothing at all.
    /// See docs/decisions/0036-how-a-compressed-message-ends.md.
    /// </summary>
    /// <returns>False when the data stops inside of a block.</returns>
    internal bool TryEndMessage()
    {
        if (reader.Held != 0 || !(stage == Stage.StoredLength || (stage == Stage.Header && isLast))) return false;
        (stage, isLast) = (Stage.Header, true);
        tables.Give();
        return true;
    }

    /// <summary>Keeps the end of a message for later ones to refer to. RFC 7692 §7.2.2: context takeover.</summary>
    internal void Keep(ReadOnlySpan<byte> message) => earlier.Append(message, window);

    /// <summary>Later messages refer to nothing that was kept.</summary>
    internal void Forget() => earlier.Give();

    /// <summary>Gives everything back to the pool.</summary>
    internal void Give()
    {
        tables.Give();
        earlier.Give();
    }

    /// <summary>Inflates what it can.</summary>
    /// <param name="input">Compressed bytes; what was spent is cut off.</param>
    /// <param name="output">The message, of which the first <paramref name="length"/> bytes are there.</param>
    /// <param name="length">Grows by what was inflated.</param>
    internal InflateStatus Inflate(ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        if (Fault != DeflateFault.None) return InflateStatus.Invalid;
        while (true)
        {
            InflateStatus? stopped = stage switch
            {
                Stage.Header => ReadHeader(ref input),
                Stage.StoredLength => ReadStoredLength(ref input),
                Stage.Stored => CopyStored(ref input, output, ref length),
                Stage.Counts => ReadCounts(ref input),
                Stage.LengthCode => ReadLengthCode(ref input),
                Stage.Lengths => ReadLengths(ref input),
                Stage.Symbols => ReadSymbols(ref input, output, ref length),
                _ => Copy(output, ref length),
            };
            if (stopped is { } status) return status;
        }
    }

    // RFC 1951 §3.2.3: one bit says whether the block is the last, two which type it is.
    InflateStatus? ReadHeader(ref ReadOnlySpan<byte> input)
    {
        if (isLast) reader.Align();
        if (!reader.Need(3, ref input)) return InflateStatus.NeedInput;
        isLast = reader.At(0, 1) != 0;
        int type = reader.At(1, 2);
        reader.Drop(3);
        if (type == 3) return Fail(DeflateFault.ReservedBlockType);
        isFixed = type == 1;
        stage = type switch { 0 => Stage.StoredLength, 1 => Stage.Symbols, _ => Stage.Counts };
        if (type == 0) reader.Align(); // §3.2.4: skipped up to the next byte
        return null;
    }

    // RFC 1951 §3.2.4
    InflateStatus? ReadStoredLength(ref ReadOnlySpan<byte> input)
    {
        if (!reader.Need(32, ref input)) return InflateStatus.NeedInput;
        stored = reader.At(0, 16);
        if (reader.At(16, 16) != (stored ^ 0xFFFF)) return Fail(DeflateFault.StoredLengthMismatch);
        reader.Drop(32);
        stage = Stage.Stored;
        return null;
    }

    InflateStatus? CopyStored(ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        for (; stored > 0 && reader.Held > 0 && length < output.Length; stored--) // whole bytes that were taken too early
        {
            output[length++] = (byte)reader.Bits;
            reader.Drop(8);
        }
        if (reader.Held == 0)
        {
            int count = Math.Min(stored, Math.Min(input.Length, output.Length - length));
            input[..count].CopyTo(output[length..]);
            input = input[count..];
            length += count;
            stored -= count;
        }
        if (stored > 0) return length == output.Length ? InflateStatus.NeedRoom : InflateStatus.NeedInput;
        stage = Stage.Header;
        return null;
    }

    InflateStatus Fail(DeflateFault fault)
    {
        Fault = fault;
        return InflateStatus.Invalid;
    }
}
