using RawHub;

namespace RawRealtime.Delivery;

/// <summary>
/// The cursor that a client was last told, so that one that moved without a message is told too, and none that is older. Its owner sees to it
/// that telling and asking are not at once; <see cref="Count"/> may be asked any time.
/// </summary>
internal sealed class ToldCursor
{
    byte[] told = [];
    MessageId toldId; // instead, when length is 0: with each message this is less to write
    int length, count;

    /// <summary>How often one was told, or was about to be: the same number twice means that nothing was delivered in between.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>One that is newer is about to be told: whoever has asked for the cursor before has an older one now.</summary>
    public void Begin() => Volatile.Write(ref count, count + 1);

    /// <summary>The client knows <paramref name="cursor"/> from now on.</summary>
    public void Tell(ReadOnlySpan<byte> cursor)
    {
        if (told.Length < cursor.Length) told = new byte[cursor.Length + 8]; // offsets grow by a digit now and then
        cursor.CopyTo(told);
        length = cursor.Length;
        Begin();
    }

    /// <summary>The client knows the cursor that is a message's id from now on.</summary>
    public void Tell(MessageId cursor)
    {
        (toldId, length) = (cursor, 0);
        Begin();
    }

    /// <summary>Whether the client does not know <paramref name="cursor"/>, and nothing newer.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="ifCount">What <see cref="Count"/> was before it was asked for.</param>
    public bool IsNews(ReadOnlySpan<byte> cursor, int ifCount)
    {
        if (count != ifCount) return false;
        Span<byte> id = stackalloc byte[MessageId.MaxLength];
        ReadOnlySpan<byte> known = length > 0 ? told.AsSpan(0, length) : id[..toldId.Format(id)];
        return !cursor.SequenceEqual(known);
    }
}
