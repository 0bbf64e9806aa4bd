using System.Buffers;

namespace RawLongPoll.Wire;

/// <summary>
/// Writes the 200 answer: <c>{"from","recovered","reason"?,"lost"?,"messages":[…],"cursor"}</c>. The position and the
/// messages are JSON objects already, written once by who knows them; here they are joined, in one pooled block.
/// </summary>
/// <remarks>Not thread-safe; not to be copied once begun. Whoever began it calls <see cref="Release"/> at the end.</remarks>
public struct BatchWriter
{
    const int LeastBytes = 512;

    static readonly SearchValues<byte> CursorBytes = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-."u8);

    byte[]? block;
    int length;
    bool hasMessages;

    /// <summary>What was written so far; valid until the next call.</summary>
    public readonly ReadOnlySpan<byte> Written => block.AsSpan(0, length);

    /// <summary>Begins, or begins anew, with the position: a JSON object with at least one member, whose members become the answer's first.</summary>
    /// <exception cref="ArgumentException">It is not such an object.</exception>
    public void Begin(ReadOnlySpan<byte> positionJson)
    {
        if (positionJson.Length < 5 || positionJson[0] != '{' || positionJson[^1] != '}') throw new ArgumentException("Not a JSON object.", nameof(positionJson));
        (length, hasMessages) = (0, false);
        Write(positionJson[..^1]);
        Write(",\"messages\":["u8);
    }

    /// <summary>Adds one message or several.</summary>
    /// <param name="items">JSON objects, each with a comma in front: so that the same bytes are good behind the first and behind others.</param>
    /// <exception cref="ArgumentException">They do not begin so.</exception>
    public void Messages(ReadOnlySpan<byte> items)
    {
        ThrowUnlessItem(items);
        Write(hasMessages ? items : items[1..]);
        hasMessages = true;
    }

    /// <summary>Adds one message with the cursor behind it, which cannot be told from the message itself when there are several channels.</summary>
    /// <param name="item">A JSON object with at least one member, and a comma in front.</param>
    /// <param name="cursor">As in <see cref="End"/>.</param>
    /// <exception cref="ArgumentException">One of them is not that.</exception>
    public void Message(ReadOnlySpan<byte> item, ReadOnlySpan<byte> cursor)
    {
        ThrowUnlessItem(item);
        ThrowUnlessCursor(cursor);
        Messages(",{\"cursor\":\""u8);
        Write(cursor);
        Write("\","u8);
        Write(item[2..]);
    }

    /// <summary>Ends with the cursor: letters, digits, <c>-</c> and <c>.</c> only, so it needs no escaping.</summary>
    /// <exception cref="ArgumentException">It holds anything else.</exception>
    public void End(ReadOnlySpan<byte> cursor)
    {
        ThrowUnlessCursor(cursor);
        Write("],\"cursor\":\""u8);
        Write(cursor);
        Write("\"}"u8);
    }

    /// <summary>Gives the block back; nothing of what was written is valid any more. Harmless when nothing was.</summary>
    public void Release()
    {
        if (block is not null) ArrayPool<byte>.Shared.Return(block);
        this = default;
    }

    static void ThrowUnlessItem(ReadOnlySpan<byte> items)
    {
        if (!items.StartsWith(",{"u8)) throw new ArgumentException("Not a JSON object behind a comma.", nameof(items));
    }

    static void ThrowUnlessCursor(ReadOnlySpan<byte> cursor)
    {
        if (cursor.ContainsAnyExcept(CursorBytes)) throw new ArgumentException("Not a cursor.", nameof(cursor));
    }

    void Write(ReadOnlySpan<byte> bytes)
    {
        if (block is null || block.Length - length < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(block.AsSpan(length));
        length += bytes.Length;
    }

    // With room for what still comes behind it, mostly.
    void Grow(int bytes)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(length + bytes + Math.Max(LeastBytes, length));
        Written.CopyTo(larger);
        if (block is not null) ArrayPool<byte>.Shared.Return(block);
        block = larger;
    }
}
