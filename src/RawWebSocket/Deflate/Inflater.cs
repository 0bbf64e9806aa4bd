using System.Buffers.Binary;

namespace RawWebSocket.Deflate;

/// <summary>What stopped an inflater.</summary>
enum InflateStatus : byte
{
    /// <summary>All input is spent; more is needed.</summary>
    NeedInput,

    /// <summary>The output is full, and there is more to come.</summary>
    NeedRoom,

    /// <summary>The data is broken.</summary>
    Invalid,
}

/// <summary>
/// Inflates a stream of blocks, stopping and going on at any byte of input and output. RFC 1951. Blocks follow each other without end: behind
/// one that says it is the last, the next begins at the next byte (RFC 7692 §7.2.3.4). Not thread-safe.
/// </summary>
sealed class Inflater
{
    // Entries for the worst of codes: 1,024 and 256 for the first look, and what second tables can need behind them.
    const int LiteralBits = 10, LiteralEntries = 1_334, DistanceBits = 8, DistanceEntries = 402, LengthBits = 7;

    // One look at a literal or length, a distance and their extra bits takes at most 15 + 5 + 15 + 13 bits: fewer than a refill brings.
    const int RefillBytes = 8;

    static readonly DecodingTable FixedLiterals = MakeFixedLiterals(), FixedDistances = MakeFixedDistances();

    readonly DecodingTable literals = new(LiteralBits, LiteralEntries), distances = new(DistanceBits, DistanceEntries), lengthCode = new(LengthBits, 1 << LengthBits);
    readonly byte[] lengths = new byte[DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes];

    Stage stage;
    ulong bits;      // what was taken from the input and not spent, the next bit lowest
    int held;        // how many bits that are
    bool isLast, isFixed;
    int literalCount, distanceCount, lengthCount, known; // of a block's own codes
    int stored;      // bytes of a stored block that are still to come
    int copyLength, copyDistance;

    enum Stage : byte { Header, StoredLength, Stored, Counts, LengthCode, Lengths, Symbols, Copy }

    /// <summary>What is wrong; None unless <see cref="Inflate"/> said Invalid.</summary>
    internal DeflateFault Fault { get; private set; }

    /// <summary>
    /// Ends a message. RFC 7692 §7.2.2: the empty stored block that its sender cut off, 00 00 FF FF, is put back; what must have come before it is
    /// the head of that block, or nothing when the sender ended with a last block or sent nothing at all.
    /// </summary>
    /// <returns>False when the data stops inside of a block.</returns>
    internal bool TryEndMessage()
    {
        bool ends = held == 0 && stage is Stage.Header or Stage.StoredLength;
        if (ends) stage = Stage.Header;
        return ends;
    }

    /// <summary>Forgets everything.</summary>
    internal void Reset()
    {
        (stage, bits, held, isLast, copyLength, Fault) = (Stage.Header, 0, 0, false, 0, DeflateFault.None);
    }

    /// <summary>Inflates what it can.</summary>
    /// <param name="input">Compressed bytes; what was spent is cut off.</param>
    /// <param name="output">The message, of which the first <paramref name="length"/> bytes are there.</param>
    /// <param name="length">Grows by what was inflated.</param>
    /// <param name="history">What came before this message, as far as matches may reach back.</param>
    /// <param name="window">How far matches may reach back, in bytes. RFC 7692 §7.1.2.</param>
    internal InflateStatus Inflate(ref ReadOnlySpan<byte> input, Span<byte> output, ref int length, ReadOnlySpan<byte> history, int window)
    {
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
                Stage.Symbols => ReadSymbols(ref input, output, ref length, history, window),
                _ => Copy(output, ref length, history),
            };
            if (stopped is { } status) return status;
        }
    }

    // RFC 1951 §3.2.3: one bit says whether the block is the last, two which type it is.
    InflateStatus? ReadHeader(ref ReadOnlySpan<byte> input)
    {
        if (isLast) Drop(held & 7);
        isLast = false;
        if (!Need(3, ref input)) return InflateStatus.NeedInput;
        isLast = (bits & 1) != 0;
        int type = (int)(bits >> 1) & 3;
        Drop(3);
        if (type == 3) return Fail(DeflateFault.ReservedBlockType);
        isFixed = type == 1;
        stage = type switch { 0 => Stage.StoredLength, 1 => Stage.Symbols, _ => Stage.Counts };
        if (type == 0) Drop(held & 7); // §3.2.4: skipped up to the next byte
        return null;
    }

    // RFC 1951 §3.2.4
    InflateStatus? ReadStoredLength(ref ReadOnlySpan<byte> input)
    {
        if (!Need(32, ref input)) return InflateStatus.NeedInput;
        stored = (int)(bits & 0xFFFF);
        if (stored != (int)(~(bits >> 16) & 0xFFFF)) return Fail(DeflateFault.StoredLengthMismatch);
        Drop(32);
        stage = Stage.Stored;
        return null;
    }

    InflateStatus? CopyStored(ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        for (; stored > 0 && held > 0 && length < output.Length; stored--) // whole bytes that were taken too early
        {
            output[length++] = (byte)bits;
            Drop(8);
        }
        if (held == 0)
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

    // RFC 1951 §3.2.7: HLIT, HDIST, HCLEN
    InflateStatus? ReadCounts(ref ReadOnlySpan<byte> input)
    {
        if (!Need(14, ref input)) return InflateStatus.NeedInput;
        (literalCount, distanceCount, lengthCount) = ((int)(bits & 31) + 257, (int)(bits >> 5 & 31) + 1, (int)(bits >> 10 & 15) + 4);
        Drop(14);
        if (literalCount > DeflateFormat.LiteralCodes || distanceCount > DeflateFormat.DistanceCodes) return Fail(DeflateFault.TooManyCodes);
        lengths.AsSpan().Clear();
        known = 0;
        stage = Stage.LengthCode;
        return null;
    }

    InflateStatus? ReadLengthCode(ref ReadOnlySpan<byte> input)
    {
        for (; known < lengthCount; known++)
        {
            if (!Need(3, ref input)) return InflateStatus.NeedInput;
            lengths[DeflateFormat.LengthOrder[known]] = (byte)(bits & 7);
            Drop(3);
        }
        DeflateFault fault = lengthCode.Build(lengths.AsSpan(0, DeflateFormat.LengthCodes), Alphabet.Lengths);
        if (fault != DeflateFault.None) return Fail(fault);
        known = 0;
        stage = Stage.Lengths;
        return null;
    }

    // RFC 1951 §3.2.7: lengths of both codes in one sequence, across which runs may go.
    InflateStatus? ReadLengths(ref ReadOnlySpan<byte> input)
    {
        int total = literalCount + distanceCount;
        while (known < total)
        {
            if (!TryLook(lengthCode, ref input, out Entry entry)) return InflateStatus.NeedInput;
            int symbol = entry.Value, runBits = symbol switch { 16 => 2, 17 => 3, 18 => 7, _ => 0 };
            if (!Need(entry.Length + runBits, ref input)) return InflateStatus.NeedInput;
            int run = (int)(bits >> entry.Length) & ((1 << runBits) - 1);
            Drop(entry.Length + runBits);
            int count = symbol switch { 16 or 17 => 3 + run, 18 => 11 + run, _ => 1 };
            if (known + count > total || (symbol == 16 && known == 0)) return Fail(DeflateFault.BadLengthRun);
            byte value = symbol switch { 16 => lengths[known - 1], 17 or 18 => 0, _ => (byte)symbol };
            lengths.AsSpan(known, count).Fill(value);
            known += count;
        }
        return BuildCodes();
    }

    InflateStatus? BuildCodes()
    {
        if (lengths[DeflateFormat.EndOfBlock] == 0) return Fail(DeflateFault.NoEndOfBlock);
        DeflateFault fault = literals.Build(lengths.AsSpan(0, literalCount), Alphabet.Literals);
        if (fault == DeflateFault.None) fault = distances.Build(lengths.AsSpan(literalCount, distanceCount), Alphabet.Distances);
        if (fault != DeflateFault.None) return Fail(fault);
        stage = Stage.Symbols;
        return null;
    }

    InflateStatus? ReadSymbols(ref ReadOnlySpan<byte> input, Span<byte> output, ref int length, ReadOnlySpan<byte> history, int window)
    {
        DecodingTable literal = isFixed ? FixedLiterals : literals, distance = isFixed ? FixedDistances : distances;
        while (stage == Stage.Symbols)
        {
            FastSymbols(literal, distance, ref input, output, ref length, window);
            if (length == output.Length) return InflateStatus.NeedRoom;
            InflateStatus? stopped = ReadSymbol(literal, distance, ref input, output, ref length, history.Length, window);
            if (stopped is not null) return stopped;
        }
        return null;
    }

    // One symbol with everything that belongs to it, or nothing: bits are spent only when all are there.
    InflateStatus? ReadSymbol(DecodingTable literal, DecodingTable distance, ref ReadOnlySpan<byte> input, Span<byte> output, ref int length, int before, int window)
    {
        if (!TryLook(literal, ref input, out Entry entry)) return InflateStatus.NeedInput;
        if (entry.IsUnknown) return Fail(DeflateFault.UnknownCode);
        if (entry.IsLiteral)
        {
            output[length++] = (byte)entry.Value;
            Drop(entry.Length);
            return null;
        }
        if (entry.Value == 0)
        {
            Drop(entry.Length);
            stage = Stage.Header;
            return null;
        }
        int spent = entry.Length + entry.Extra;
        if (!Need(spent, ref input)) return InflateStatus.NeedInput;
        int matchLength = entry.Value + ExtraAt(entry.Length, entry.Extra);
        if (!TryLookBehind(distance, spent, ref input, out Entry far)) return InflateStatus.NeedInput;
        if (far.IsUnknown) return Fail(DeflateFault.UnknownCode);
        if (!Need(spent + far.Length + far.Extra, ref input)) return InflateStatus.NeedInput;
        (copyLength, copyDistance) = (matchLength, far.Value + ExtraAt(spent + far.Length, far.Extra));
        Drop(spent + far.Length + far.Extra);
        if (copyDistance > window || copyDistance > length + before) return Fail(DeflateFault.DistanceTooFar);
        stage = Stage.Copy;
        return null;
    }

    InflateStatus? Copy(Span<byte> output, ref int length, ReadOnlySpan<byte> history)
    {
        int count = Math.Min(copyLength, output.Length - length);
        copyLength -= count;
        if (copyDistance > length) // begins in what came before this message
        {
            ReadOnlySpan<byte> from = history[^(copyDistance - length)..];
            int old = Math.Min(count, from.Length);
            from[..old].CopyTo(output[length..]);
            length += old;
            count -= old;
        }
        CopyWithin(output, length, copyDistance, count);
        length += count;
        if (copyLength > 0) return InflateStatus.NeedRoom;
        stage = Stage.Symbols;
        return null;
    }

    // Most of the time is spent here: no look at the end of input or output, as both are far enough away, and nothing is given up halfway.
    void FastSymbols(DecodingTable literal, DecodingTable distance, ref ReadOnlySpan<byte> input, Span<byte> output, ref int length, int window)
    {
        ReadOnlySpan<uint> literalEntries = literal.Entries, distanceEntries = distance.Entries;
        uint literalMask = (1u << literal.FirstBits) - 1, distanceMask = (1u << distance.FirstBits) - 1;
        ulong b = bits;
        int h = held, at = 0, to = length, lastInput = input.Length - RefillBytes, lastOutput = output.Length - DeflateFormat.MaxMatch;
        while (at <= lastInput && to <= lastOutput)
        {
            b |= BinaryPrimitives.ReadUInt64LittleEndian(input[at..]) << h;
            at += (63 - h) >> 3;
            h |= 56;
            var entry = new Entry(literalEntries[(int)(b & literalMask)]);
            if (entry.IsLink) entry = literal.Follow(entry, b);
            if (entry.IsLiteral)
            {
                output[to++] = (byte)entry.Value;
                b >>= entry.Length;
                h -= entry.Length;
                continue;
            }
            if (entry.IsUnknown || entry.Value == 0) break;
            ulong rest = b >> entry.Length;
            int matchLength = entry.Value + (int)(rest & ((1ul << entry.Extra) - 1));
            rest >>= entry.Extra;
            var far = new Entry(distanceEntries[(int)(rest & distanceMask)]);
            if (far.IsLink) far = distance.Follow(far, rest);
            int reach = far.Value + (int)((rest >> far.Length) & ((1ul << far.Extra) - 1));
            if (far.IsUnknown || reach > Math.Min(window, to)) break;
            CopyWithin(output, to, reach, matchLength);
            to += matchLength;
            int spent = entry.Length + entry.Extra + far.Length + far.Extra;
            b >>= spent;
            h -= spent;
        }
        int early = Math.Min(h >> 3, at); // whole bytes that were taken too early go back
        h -= early << 3;
        input = input[(at - early)..];
        (bits, held, length) = (b & ((1ul << h) - 1), h, to);
    }

    static void CopyWithin(Span<byte> output, int to, int distance, int count)
    {
        Span<byte> into = output.Slice(to, count);
        if (distance >= count) output.Slice(to - distance, count).CopyTo(into);
        else if (distance == 1) into.Fill(output[to - 1]);
        else for (int i = 0; i < count; i++) into[i] = output[to - distance + i]; // repeats itself
    }

    // What the next bits stand for; false when more of them are needed to tell.
    bool TryLook(DecodingTable table, ref ReadOnlySpan<byte> input, out Entry entry) => TryLookBehind(table, 0, ref input, out entry);

    bool TryLookBehind(DecodingTable table, int skip, ref ReadOnlySpan<byte> input, out Entry entry)
    {
        while (true)
        {
            entry = table[bits >> skip];
            int there = held - skip;
            if ((entry.Length > 0 && entry.Length <= there) || there >= DeflateFormat.MaxCodeBits) return true;
            if (!Need(held + 1, ref input)) return false;
        }
    }

    int ExtraAt(int skip, int count) => (int)(bits >> skip) & ((1 << count) - 1);

    bool Need(int count, ref ReadOnlySpan<byte> input)
    {
        while (held < count)
        {
            if (input.IsEmpty) return false;
            bits |= (ulong)input[0] << held;
            held += 8;
            input = input[1..];
        }
        return true;
    }

    void Drop(int count)
    {
        bits >>= count;
        held -= count;
    }

    InflateStatus Fail(DeflateFault fault)
    {
        Fault = fault;
        return InflateStatus.Invalid;
    }

    static DecodingTable MakeFixedLiterals()
    {
        Span<byte> fixedLengths = stackalloc byte[288];
        DeflateFormat.WriteFixedLiteralLengths(fixedLengths);
        DecodingTable table = new(LiteralBits, LiteralEntries);
        table.Build(fixedLengths, Alphabet.Literals);
        return table;
    }

    static DecodingTable MakeFixedDistances()
    {
        Span<byte> fixedLengths = stackalloc byte[32];
        fixedLengths.Fill(5);
        DecodingTable table = new(DistanceBits, DistanceEntries);
        table.Build(fixedLengths, Alphabet.Distances);
        return table;
    }
}
