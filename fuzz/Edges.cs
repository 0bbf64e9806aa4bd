using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace RawHttp.Fuzz;

/// <summary>
/// Which edges the code under test took, as SharpFuzz's instrumentation counts them in a map of 64 KiB, and AFL reads it: a count is
/// worth a note when it is the first in its class (1, 2, 3, 4 to 7, 8 to 15, …). Without instrumentation nothing is ever new.
/// </summary>
static unsafe class Edges
{
    const int Size = 1 << 16;

    static readonly byte* Map = (byte*)NativeMemory.AllocZeroed(Size);
    static readonly byte[] Seen = new byte[Size];

    /// <summary>How many edges were seen in all.</summary>
    internal static int Count { get; private set; }

    /// <summary>Forgets the last execution. Called once before the first, it gives instrumented code its map.</summary>
    internal static void Begin()
    {
        Trace.SharedMem = Map;
        Trace.PrevLocation = 0;
        if (Count > 0) new Span<byte>(Map, Size).Clear();
    }

    /// <summary>Whether the last execution took an edge as no other before it.</summary>
    internal static bool AnyNew()
    {
        bool any = false;
        ReadOnlySpan<Vector<byte>> wide = MemoryMarshal.Cast<byte, Vector<byte>>(new ReadOnlySpan<byte>(Map, Size));
        for (int i = 0; i < wide.Length; i++)
        {
            if (wide[i] == Vector<byte>.Zero) continue;
            for (int at = i * Vector<byte>.Count; at < (i + 1) * Vector<byte>.Count; at++) any |= IsNew(at);
        }
        return any;
    }

    static bool IsNew(int at)
    {
        byte count = Map[at];
        if (count == 0) return false;
        byte kind = count switch { 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
        if ((Seen[at] & kind) != 0) return false;
        if (Seen[at] == 0) Count++;
        Seen[at] |= kind;
        return true;
    }
}
