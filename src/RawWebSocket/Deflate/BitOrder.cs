using System.Numerics;

namespace RawWebSocket.Deflate;

/// <summary>RFC 1951 §3.1.1: codes are packed from their first bit, everything else from its last.</summary>
static class BitOrder
{
    /// <summary>The lowest 16 bits in reverse order.</summary>
    internal static uint Reversed(uint bits)
    {
        bits = ((bits >> 1) & 0x5555) | ((bits & 0x5555) << 1);
        bits = ((bits >> 2) & 0x3333) | ((bits & 0x3333) << 2);
        bits = ((bits >> 4) & 0x0F0F) | ((bits & 0x0F0F) << 4);
        return ((bits >> 8) & 0x00FF) | ((bits & 0x00FF) << 8);
    }

    /// <summary>The code that comes next, counted from the highest bit down; 0 behind the last.</summary>
    /// <param name="code">A code, in reverse order.</param>
    /// <param name="length">How many bits it has.</param>
    internal static uint Following(uint code, int length)
    {
        uint zeros = ~code & ((1u << length) - 1);
        if (zeros == 0) return 0;
        uint highest = 1u << BitOperations.Log2(zeros);
        return (code & (highest - 1)) | highest;
    }
}
