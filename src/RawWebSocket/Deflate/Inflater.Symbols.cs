using System.Buffers.Binary;

namespace RawWebSocket.Deflate;

/// <content>What a block holds: bytes and matches. RFC 1951 §3.2.3, §3.2.5.</content>
sealed partial class Inflater
{
    // One look at a literal or length, a distance and their extra bits takes at most 15 + 5 + 15 + 13 bits: fewer than a refill brings.
    const int RefillBytes = 8;

    int copyLength, copyDistance;

    InflateStatus? ReadSymbols(ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        DecodingTable literal = tables.Literals(isFixed), distance = tables.Distances(isFixed);
        while (stage == Stage.Symbols)
        {
            FastSymbols(literal, distance, ref input, output, ref length);
            InflateStatus? stopped = ReadSymbol(literal, distance, ref input, output, ref length);
            if (stopped is not null) return stopped;
        }
        return null;
    }

    // One symbol with everything that belongs to it, or nothing: bits are spent only when all are there.
    InflateStatus? ReadSymbol(DecodingTable literal, DecodingTable distance, ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        if (!TryLook(literal, 0, ref input, out Entry entry)) return InflateStatus.NeedInput;
        if (entry.IsUnknown) return Fail(DeflateFault.UnknownCode);
        if (!entry.IsLiteral && !entry.IsEnd) return ReadMatch(entry, distance, ref input, length);
        if (entry.IsEnd) stage = Stage.Header;
        else if (length == output.Length) return InflateStatus.NeedRoom;
        else output[length++] = (byte)entry.Value;
        reader.Drop(entry.Length);
        return null;
    }

    InflateStatus? ReadMatch(Entry near, DecodingTable distance, ref ReadOnlySpan<byte> input, int length)
    {
        int spent = near.Total;
        if (!reader.Need(spent, ref input) || !TryLook(distance, spent, ref input, out Entry far)) return InflateStatus.NeedInput;
        if (far.IsUnknown) return Fail(DeflateFault.UnknownCode);
        if (!reader.Need(spent + far.Total, ref input)) return InflateStatus.NeedInput;
        copyLength = near.Value + reader.At(near.Length, near.Extra);
        copyDistance = far.Value + reader.At(spent + far.Length, far.Extra);
        reader.Drop(spent + far.Total);
        if (copyDistance > Reach(length)) return Fail(DeflateFault.DistanceTooFar);
        stage = Stage.Copy;
        return null;
    }

    // RFC 1951 §2: not before the first byte there is; RFC 7692 §7.1.2: not beyond the window agreed on.
    int Reach(int length) => Math.Min(window, length + earlier.Count);

    InflateStatus? Copy(Span<byte> output, ref int length)
    {
        int count = Math.Min(copyLength, output.Length - length);
        CopyMatch(output, length, copyDistance, count);
        copyLength -= count;
        length += count;
        if (copyLength > 0) return InflateStatus.NeedRoom;
        stage = Stage.Symbols;
        return null;
    }

    void CopyMatch(Span<byte> output, int to, int distance, int count)
    {
        if (distance > to) // begins in what came before this message
        {
            int old = Math.Min(count, distance - to);
            earlier.Copy(distance - to, output.Slice(to, old));
            to += old;
            count -= old;
        }
        if (count > 0) CopyWithin(output, to, distance, count);
    }

    // Most of the time is spent here: no look at the end of input or output, as both are far enough away, and nothing is given up halfway.
    void FastSymbols(DecodingTable literal, DecodingTable distance, ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        ReadOnlySpan<uint> literals = literal.Entries, distances = distance.Entries;
        int literalMask = (1 << literal.FirstBits) - 1, distanceMask = (1 << distance.FirstBits) - 1;
        ulong bits = reader.Bits;
        int held = reader.Held, at = 0, to = length, lastInput = input.Length - RefillBytes, lastOutput = output.Length - DeflateFormat.MaxMatch;
        while (at <= lastInput && to <= lastOutput)
        {
            bits |= BinaryPrimitives.ReadUInt64LittleEndian(input[at..]) << held;
            at += (63 - held) >> 3;
            held |= 56;
            var entry = new Entry(literals[(int)bits & literalMask]);
            if (entry.IsLink) entry = literal.Follow(entry, bits);
            if (entry.IsLiteral)
            {
                output[to++] = (byte)entry.Value;
                bits >>= entry.Total;
                held -= entry.Total;
                continue;
            }
            if (entry.IsSpecial) break;
            ulong rest = bits >> entry.Total;
            var far = new Entry(distances[(int)rest & distanceMask]);
            if (far.IsLink) far = distance.Follow(far, rest);
            int matchLength = entry.Value + ((int)(bits >> entry.Length) & ((1 << entry.Extra) - 1));
            int reach = far.Value + ((int)(rest >> far.Length) & ((1 << far.Extra) - 1));
            if (far.IsSpecial || reach > Reach(to)) break;
            CopyMatch(output, to, reach, matchLength);
            to += matchLength;
            bits = rest >> far.Total;
            held -= entry.Total + far.Total;
        }
        int early = Math.Min(held >> 3, at); // whole bytes that were taken too early go back
        held -= early << 3;
        input = input[(at - early)..];
        reader = new(bits & ((1ul << held) - 1), held);
        length = to;
    }

    static void CopyWithin(Span<byte> output, int to, int distance, int count)
    {
        Span<byte> into = output.Slice(to, count);
        if (distance >= count) output.Slice(to - distance, count).CopyTo(into);
        else if (distance == 1) into.Fill(output[to - 1]);
        else for (int i = 0; i < count; i++) into[i] = output[to - distance + i]; // repeats itself
    }
}
