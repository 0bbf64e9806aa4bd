namespace RawHttp.Wire;

/// <summary>Reads the content of a message, whichever way its end is told. RFC 9112 §6.3. Resumable; not thread-safe.</summary>
public struct BodyReader
{
    readonly BodyKind kind;
    FixedBodyReader fixedBody;
    ChunkedBodyReader chunkedBody;

    /// <summary>A reader at the first byte behind the head.</summary>
    /// <param name="framing">How the end is told.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="trailers">Where the trailers of chunked content go; null to drop them.</param>
    public BodyReader(BodyFraming framing, HttpLimits limits, FieldLines? trailers = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        kind = framing.Kind;
        fixedBody = new(framing.Length);
        chunkedBody = new(limits, trailers);
    }

    /// <summary>Whether all of it was read; never so for content until the connection ends.</summary>
    public readonly bool IsComplete => kind switch
    {
        BodyKind.None => true,
        BodyKind.Fixed => fixedBody.IsComplete,
        BodyKind.Chunked => chunkedBody.IsComplete,
        _ => false,
    };

    /// <summary>Takes what there is. Call it until it wants more or <see cref="IsComplete"/>.</summary>
    /// <param name="unread">Bytes that arrived and are not spent; may go beyond the content.</param>
    /// <param name="data">Content: all of the bytes that are spent, a slice of <paramref name="unread"/>; empty when they were framing.</param>
    /// <returns>Done with the bytes that are spent, NeedMore, or Invalid.</returns>
    public ReadResult Read(ReadOnlySpan<byte> unread, out ReadOnlySpan<byte> data)
    {
        switch (kind)
        {
            case BodyKind.Fixed: return fixedBody.Read(unread, out data);
            case BodyKind.Chunked: return chunkedBody.Read(unread, out data);
            case BodyKind.UntilEnd:
                data = unread;
                return unread.IsEmpty ? ReadResult.NeedMore : ReadResult.Done(unread.Length);
            default:
                data = default;
                return ReadResult.Done(0);
        }
    }
}
