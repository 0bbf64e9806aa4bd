using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RawWebSocket.Deflate;

/// <content>What a block holds: bytes and matches. RFC 1951 §3.2.3, §3.2.5.</content>
sealed partial class Inflater
{
    const int CopiedBytes = 16; // at once

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
            CopyEarlier(distance - to, output[to..], old);
            to += old;
            count -= old;
            if (count == 0) return;
        }
        Span<byte> from = output[(to - distance)..], into = output[to..];
        if (distance >= CopiedBytes && into.Length >= count + CopiedBytes) CopyAtLeast(from, into, count);
        else if (distance == 1) into[..count].Fill(from[0]);
        else for (int i = 0; i < count; i++) into[i] = from[i]; // may repeat itself
    }

    void CopyEarlier(int back, Span<byte> into, int count)
    {
        ReadOnlySpan<byte> from = earlier.PieceAt(back);
        if (Math.Min(from.Length, into.Length) >= count + CopiedBytes) CopyAtLeast(from, into, count);
        else earlier.Copy(back, into[..count]);
    }

    // A little more than is wanted, which what follows is written over.
    static void CopyAtLeast(ReadOnlySpan<byte> from, Span<byte> into, int count)
    {
        for (int i = 0; i < count; i += CopiedBytes) Vector128.Create(from[i..]).CopyTo(into[i..]);
    }

    // Most of the time is spent here. A symbol is taken with everything that belongs to it; where that cannot be, the loop ends before it, and the
    // slow way above finds out why.
    void FastSymbols(DecodingTable literal, DecodingTable distance, ref ReadOnlySpan<byte> input, Span<byte> output, ref int length)
    {
        ReadOnlySpan<uint> distances = distance.Entries;
        int distanceMask = (1 << distance.FirstBits) - 1, at = 0, to = length;
        var bits = new FastBits(reader);
        while (true)
        {
            bits.Refill(input, ref at);
            Entry entry = Literals(literal, ref bits, output, ref to);
            if (entry.IsSpecial || (entry.IsLiteral && to == output.Length)) break;
            ulong rest = bits.Bits >> entry.Total;
            var far = new Entry(distances[(int)rest & distanceMask]);
            if (far.IsLink) far = distance.Follow(far, rest);
            if (entry.IsLiteral || entry.Total + far.Total > bits.Held)
            {
                if (at == input.Length) break;
                continue;
            }
            int matchLength = entry.Value + ((int)(bits.Bits >> entry.Length) & ((1 << entry.Extra) - 1));
            int reach = far.Value + ((int)(rest >> far.Length) & ((1 << far.Extra) - 1));
            if (far.IsSpecial || reach > Reach(to) || matchLength > output.Length - to) break;
            CopyMatch(output, to, reach, matchLength);
            to += matchLength;
            bits.Drop(entry.Total + far.Total);
        }
        reader = bits.End(ref input, at);
        length = to;
    }

    // Bytes as far as there are bits and room for them; then what stopped it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Entry Literals(DecodingTable table, ref FastBits bits, Span<byte> output, ref int to)
    {
        ReadOnlySpan<uint> entries = table.Entries;
        int mask = (1 << table.FirstBits) - 1;
        while (true)
        {
            var entry = new Entry(entries[(int)bits.Bits & mask]);
            if (entry.IsLink) entry = table.Follow(entry, bits.Bits);
            if (!entry.IsLiteral || entry.Total > bits.Held || to == output.Length) return entry;
            output[to++] = (byte)entry.Value;
            bits.Drop(entry.Total);
        }
    }
}
