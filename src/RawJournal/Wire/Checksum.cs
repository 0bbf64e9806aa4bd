using System.Buffers.Binary;
using System.Numerics;

namespace RawJournal.Wire;

/// <summary>CRC-32C (Castagnoli), as RFC 3720 §12.1 has it: reflected, begun with all ones, inverted at its end.</summary>
public static class Checksum
{
    /// <summary>Where a checksum begins.</summary>
    public const uint Start = 0xFFFFFFFF;

    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Add(Start, bytes);

    /// <summary>Takes more bytes into a checksum that is not inverted yet.</summary>
    /// <param name="running"><see cref="Start"/>, or what an earlier call returned.</param>
    /// <param name="bytes">The next bytes.</param>
    public static uint Add(uint running, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) running = BitOperations.Crc32C(running, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte one in bytes) running = BitOperations.Crc32C(running, one);
        return running;
    }

    /// <summary>Takes a number into it, as its eight bytes, lowest first.</summary>
    /// <param name="running"><see cref="Start"/>, or what an earlier call returned.</param>
    /// <param name="number">The next eight bytes.</param>
    public static uint Add(uint running, ulong number) => BitOperations.Crc32C(running, number);
}
