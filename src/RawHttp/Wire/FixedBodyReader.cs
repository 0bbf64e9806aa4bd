namespace RawHttp.Wire;

/// <summary>Reads content of a known length. RFC 9112 §6.2. Resumable; not thread-safe.</summary>
/// <param name="length">How many bytes of content there are.</param>
public struct FixedBodyReader(long length)
{
    /// <summary>Bytes that are still to come.</summary>
    public long Remaining { get; private set; } = length;

    /// <summary>Whether all of it was read.</summary>
    public readonly bool IsComplete => Remaining == 0;

    /// <summary>Takes what there is.</summary>
    /// <param name="unread">Bytes that arrived and are not spent; may go beyond the content.</param>
    /// <param name="data">The content among them, a slice of <paramref name="unread"/>.</param>
    /// <returns>Done with the bytes of <paramref name="data"/>, or NeedMore when there is nothing to take.</returns>
    public ReadResult Read(ReadOnlySpan<byte> unread, out ReadOnlySpan<byte> data)
    {
        data = unread[..(int)Math.Min(unread.Length, Remaining)];
        Remaining -= data.Length;
        return data.IsEmpty && !IsComplete ? ReadResult.NeedMore : ReadResult.Done(data.Length);
    }
}
