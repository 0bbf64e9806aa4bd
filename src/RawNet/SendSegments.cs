using System.Buffers;

namespace RawNet;

/// <summary>A run of bytes that waits to be sent: in a pooled block of its own, or as one holder of shared bytes.</summary>
internal struct SendSegment
{
    byte[]? block;
    SharedBytes? shared;
    int start, end;

    public static SendSegment Of(int capacity) => new() { block = ArrayPool<byte>.Shared.Rent(capacity) };

    public static SendSegment Of(SharedBytes held) => new() { shared = held, end = held.Length };

    public readonly bool IsEmpty => start == end;

    public readonly ReadOnlyMemory<byte> Unsent => shared is null ? block.AsMemory(start, end - start) : shared.Memory[start..end];

    public bool TryAppend(ReadOnlySpan<byte> bytes, int andRoomFor = 0)
    {
        if (block is null || block.Length - end < bytes.Length + andRoomFor) return false;
        bytes.CopyTo(block.AsSpan(end));
        end += bytes.Length;
        return true;
    }

    public void Advance(int sent)
    {
        start += sent;
        if (IsEmpty) Drop();
    }

    public void Drop()
    {
        if (block is not null) ArrayPool<byte>.Shared.Return(block);
        shared?.Release();
        this = default;
    }
}

/// <summary>
/// The segments of a send queue in order. The last one is kept apart, to be filled further; the others are queued only
/// when there are several, so that a connection without backlog holds one block while it writes and none when idle.
/// </summary>
internal struct SendSegments
{
    /// <summary>Shared bytes up to this length are copied: fewer sends beat fewer copies for small messages.</summary>
    public const int CopyAtMost = 4096;

    const int SmallBlock = 4096, LargeBlock = 64 * 1024;

    SendSegment last;
    Queue<SendSegment>? earlier;

    public readonly bool IsEmpty => last.IsEmpty && earlier is not { Count: > 0 };

    /// <summary>Appends a copy.</summary>
    /// <param name="bytes">What to copy.</param>
    /// <param name="expected">How many bytes come next, to stand in the same segment if that is not too large: one send instead of two.</param>
    public void Append(ReadOnlySpan<byte> bytes, int expected = 0)
    {
        int room = expected <= LargeBlock - bytes.Length ? expected : 0;
        if (last.TryAppend(bytes, room)) return;
        bool backlog = !last.IsEmpty;
        PutLastBehind();
        last = SendSegment.Of(Math.Max(bytes.Length + room, backlog ? LargeBlock : SmallBlock));
        last.TryAppend(bytes);
    }

    public void Append(SharedBytes held)
    {
        PutLastBehind();
        last = SendSegment.Of(held);
    }

    public bool TryTake(out SendSegment first)
    {
        if (earlier is { Count: > 0 }) first = earlier.Dequeue();
        else (first, last) = (last, default);
        return !first.IsEmpty;
    }

    public void Clear()
    {
        while (TryTake(out SendSegment dropped)) dropped.Drop();
        earlier = null;
    }

    void PutLastBehind()
    {
        if (!last.IsEmpty) (earlier ??= new()).Enqueue(last);
        last = default;
    }
}
