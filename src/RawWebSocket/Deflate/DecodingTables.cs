using System.Buffers;
using System.Runtime.InteropServices;

namespace RawWebSocket.Deflate;

/// <summary>
/// The tables of a block's own codes and what they are made from, in one block of 8 KiB. It comes from a pool when the first such block of a
/// message begins, and goes back when the message ends. The fixed codes (RFC 1951 §3.2.6) have theirs once for all.
/// </summary>
struct DecodingTables
{
    // Entries for the worst of codes: 1,024 and 256 for the first look, and what second tables can need behind them.
    const int LiteralBits = 10, LiteralEntries = 1_334, DistanceBits = 8, DistanceEntries = 402, LengthBits = 7, LengthEntries = 1 << LengthBits;
    const int Entries = 2_048;

    static readonly uint[] FixedLiterals = MakeFixedLiterals(), FixedDistances = MakeFixedDistances();

    uint[]? block;
    int literalBits, distanceBits, lengthBits;

    /// <summary>Bytes held from the pool.</summary>
    internal readonly int HeldBytes => (block?.Length ?? 0) * sizeof(uint);

    /// <summary>Room for the lengths of a block's codes.</summary>
    internal readonly Span<byte> Lengths => MemoryMarshal.AsBytes(block.AsSpan(LiteralEntries + DistanceEntries + LengthEntries))[..(DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes)];

    /// <summary>The code of the lengths.</summary>
    internal readonly DecodingTable LengthCode => new(block.AsSpan(LiteralEntries + DistanceEntries, LengthEntries), lengthBits);

    /// <summary>The code of literals and lengths.</summary>
    internal readonly DecodingTable Literals(bool isFixed) => isFixed ? new(FixedLiterals, 9) : new(block.AsSpan(0, LiteralEntries), literalBits);

    /// <summary>The code of distances.</summary>
    internal readonly DecodingTable Distances(bool isFixed) => isFixed ? new(FixedDistances, 5) : new(block.AsSpan(LiteralEntries, DistanceEntries), distanceBits);

    /// <summary>Takes the block from the pool, if it is not there.</summary>
    internal void Take() => block ??= ArrayPool<uint>.Shared.Rent(Entries);

    /// <summary>Gives the block back.</summary>
    internal void Give()
    {
        if (block is null) return;
        ArrayPool<uint>.Shared.Return(block);
        block = null;
    }

    /// <summary>Makes the code of the lengths.</summary>
    internal DeflateFault BuildLengthCode(ReadOnlySpan<byte> lengths)
    {
        lengthBits = LengthBits;
        return DecodingTable.Build(lengths, Alphabet.Lengths, block.AsSpan(LiteralEntries + DistanceEntries, LengthEntries), ref lengthBits);
    }

    /// <summary>Makes the other two.</summary>
    internal DeflateFault Build(ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances)
    {
        (literalBits, distanceBits) = (LiteralBits, DistanceBits);
        DeflateFault fault = DecodingTable.Build(literals, Alphabet.Literals, block.AsSpan(0, LiteralEntries), ref literalBits);
        return fault != DeflateFault.None ? fault : DecodingTable.Build(distances, Alphabet.Distances, block.AsSpan(LiteralEntries, DistanceEntries), ref distanceBits);
    }

    static uint[] MakeFixedLiterals()
    {
        Span<byte> lengths = stackalloc byte[288];
        DeflateFormat.WriteFixedLiteralLengths(lengths);
        return Make(lengths, Alphabet.Literals, 9);
    }

    static uint[] MakeFixedDistances()
    {
        Span<byte> lengths = stackalloc byte[32];
        lengths.Fill(5);
        return Make(lengths, Alphabet.Distances, 5);
    }

    static uint[] Make(ReadOnlySpan<byte> lengths, Alphabet alphabet, int bits)
    {
        uint[] table = new uint[1 << bits];
        DecodingTable.Build(lengths, alphabet, table, ref bits);
        return table;
    }
}
