namespace RawHttp.Wire;

/// <summary>
/// Reads chunked content. RFC 9112 §7.1:
/// <c>chunked-body = *chunk last-chunk trailer-section CRLF</c>, <c>chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF</c>.
/// Resumable at every byte; extensions and trailers are judged by their grammar, extensions then dropped. Not thread-safe.
/// </summary>
/// <param name="limits">What is too much.</param>
/// <param name="trailers">Where trailers go, kept apart from all other fields (RFC 9110 §6.5.1); null to drop them.</param>
public struct ChunkedBodyReader(HttpLimits limits, FieldLines? trailers = null)
{
    enum Place : byte { Size, Extensions, SizeLineFeed, Data, DataReturn, DataLineFeed, Trailers, Complete }

    const int MaxSizeDigits = 16;

    // What one chunk pays for its own framing, see HttpLimits.MaxChunkOverheadBytes.
    const int PaidPerChunk = 16, PaidPerByte = 2;

    Place place;
    ulong size;
    int sizeDigits, lineBytes, trailerBytes;
    long remaining, total, overhead;
    ChunkExtensions extensions;
    LineReader trailerLine;

    /// <summary>Whether the last chunk and the trailers were read.</summary>
    public readonly bool IsComplete => place == Place.Complete;

    /// <summary>Bytes of content so far, those of a chunk counted as soon as its size is known.</summary>
    public readonly long Total => total;

    /// <summary>Takes what there is: either content, or framing, or a trailer. Call it until it wants more or <see cref="IsComplete"/>.</summary>
    /// <param name="unread">Bytes that arrived and are not spent; may go beyond the content.</param>
    /// <param name="data">Content among them, a slice of <paramref name="unread"/>; empty when framing was read.</param>
    /// <returns>Done with the bytes that are spent, NeedMore, or Invalid.</returns>
    public ReadResult Read(ReadOnlySpan<byte> unread, out ReadOnlySpan<byte> data)
    {
        data = default;
        switch (place)
        {
            case Place.Complete: return ReadResult.Done(0);
            case Place.Trailers: return ReadTrailer(unread);
            case Place.Data:
                data = unread[..(int)Math.Min(unread.Length, remaining)];
                remaining -= data.Length;
                if (remaining == 0) place = Place.DataReturn;
                return data.IsEmpty ? ReadResult.NeedMore : ReadResult.Done(data.Length);
            default: return ReadFraming(unread);
        }
    }

    ReadResult ReadFraming(ReadOnlySpan<byte> unread)
    {
        int spent = 0;
        while (spent < unread.Length && place is not (Place.Data or Place.Trailers))
        {
            HttpFault fault = Take(unread[spent++]);
            if (fault != HttpFault.None) return ReadResult.Invalid(fault);
        }
        return spent == 0 ? ReadResult.NeedMore : ReadResult.Done(spent);
    }

    HttpFault Take(byte next)
    {
        if (place is Place.Size or Place.Extensions or Place.SizeLineFeed && ++lineBytes > limits.MaxChunkLineBytes) return HttpFault.ChunkLineTooLong;
        return place switch
        {
            Place.Size => TakeSize(next),
            Place.Extensions => TakeExtension(next),
            Place.SizeLineFeed => next == '\n' ? EndSizeLine() : HttpFault.BareCarriageReturn,
            Place.DataReturn => Expect(next, '\r', Place.DataLineFeed),
            _ => Expect(next, '\n', Place.Size),
        };
    }

    // RFC 9112 §7.1: chunk-size = 1*HEXDIG
    HttpFault TakeSize(byte next)
    {
        int value = HttpGrammar.HexValue(next);
        if (value >= 0)
        {
            size = (size << 4) | (uint)value;
            return ++sizeDigits > MaxSizeDigits ? HttpFault.BadChunkSize : HttpFault.None;
        }
        bool ends = sizeDigits > 0 && next is (byte)'\r' or (byte)'\n' or (byte)';' or (byte)' ' or (byte)'\t';
        if (!ends) return HttpFault.BadChunkSize;
        (place, extensions) = (Place.Extensions, default);
        return TakeExtension(next);
    }

    HttpFault TakeExtension(byte next)
    {
        if (next == '\n') return HttpFault.BareLineFeed;
        if (!extensions.Take(next)) return HttpFault.BadChunkExtension;
        if (extensions.IsAtEnd) place = Place.SizeLineFeed;
        return HttpFault.None;
    }

    HttpFault EndSizeLine()
    {
        if (size > long.MaxValue) return HttpFault.ChunkSizeTooLarge;
        if ((long)size > limits.MaxBodyBytes - total) return HttpFault.BodyTooLarge;
        remaining = (long)size;
        total += remaining;
        long paid = PaidPerChunk + PaidPerByte * Math.Min(remaining, int.MaxValue);
        overhead = Math.Max(0, overhead + lineBytes + 2 - paid);
        if (overhead > limits.MaxChunkOverheadBytes) return HttpFault.ChunkOverheadTooLarge;
        place = remaining == 0 ? Place.Trailers : Place.Data;
        (size, sizeDigits, lineBytes) = (0, 0, 0);
        return HttpFault.None;
    }

    HttpFault Expect(byte next, char expected, Place then)
    {
        place = then;
        return next == expected ? HttpFault.None : HttpFault.BadChunkEnd;
    }

    // RFC 9112 §7.1.2: trailer-section = *( field-line CRLF ), then an empty line. A whole line at a time.
    ReadResult ReadTrailer(ReadOnlySpan<byte> unread)
    {
        ReadResult found = trailerLine.Next(unread, limits.MaxTrailerBytes - trailerBytes, HttpFault.TrailersTooLarge, out Piece line);
        if (found.Status != ReadStatus.Done) return found;
        trailerLine = default;
        trailerBytes += found.Consumed;
        if (line.Length == 0)
        {
            place = Place.Complete;
            return found;
        }
        HttpFault fault = TakeTrailer(line.Of(unread));
        return fault == HttpFault.None ? found : ReadResult.Invalid(fault);
    }

    readonly HttpFault TakeTrailer(ReadOnlySpan<byte> line)
    {
        HttpFault fault = FieldLineRules.Read(line, out Piece name, out Piece value);
        if (fault != HttpFault.None) return fault;
        if (TrailerRules.IsForbidden(name.Of(line))) return HttpFault.ForbiddenTrailer;
        trailers?.Append(line, name, value);
        return HttpFault.None;
    }
}
