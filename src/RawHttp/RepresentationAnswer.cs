using System.Security.Cryptography;
using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>Answers GET and HEAD with a representation: conditions first (RFC 9110 §13.2), then ranges (§14.2), then the bytes.</summary>
static class RepresentationAnswer
{
    /// <summary>Answers. The task ends when the last byte has been given to the connection.</summary>
    internal static ValueTask SendAsync(HttpExchange exchange, Representation shown)
    {
        HttpResponse response = exchange.Response;
        Precondition condition = Judge(exchange, shown);
        response.AddField("Cache-Control"u8, "no-cache"u8); // RFC 9111 §5.2.2.4: ask before using a stored one
        if (shown.IsNegotiated) response.AddField("Vary"u8, "Accept-Encoding"u8); // RFC 9110 §12.5.5: with every answer
        if (condition == Precondition.Failed) response.SendProblem(HttpFault.PreconditionFailed);
        else if (condition == Precondition.NotModified) SendNotModified(response, shown);
        else if (!TryReadRanges(exchange, shown, condition, out ByteRange[] ranges)) SendUnsatisfiable(response, shown);
        else return SendContentAsync(response, shown, ranges);
        return default;
    }

    static Precondition Judge(HttpExchange exchange, Representation shown)
    {
        EntityTag.TryRead(shown.Tag, out EntityTag tag);
        return new Preconditions(tag, shown.LastModifiedSeconds, exchange.NowSeconds).Of(exchange.Request.Method, exchange.Request.Head.Fields);
    }

    // RFC 9110 §15.4.5: what the 200 would have of ETag, Cache-Control, Vary and Date; Last-Modified only where there is no tag.
    static void SendNotModified(HttpResponse response, Representation shown)
    {
        if (shown.Tag.Length > 0) response.AddField("ETag"u8, shown.Tag);
        else AddLastModified(response, shown);
        response.SendEmpty(304);
    }

    // RFC 9110 §14.2: only GET has ranges. Several of them are parts of the bytes as they are; of a coded representation nobody
    // could tell whether the coding is that of the parts or of the whole answer.
    static bool TryReadRanges(HttpExchange exchange, Representation shown, Precondition condition, out ByteRange[] ranges)
    {
        ranges = [];
        if (exchange.Request.Method != HttpMethod.Get || condition == Precondition.GoOnWithoutRange) return true;
        if (!exchange.Request.Head.Fields.TryGet("range"u8, out ReadOnlySpan<byte> value)) return true;
        Span<ByteRange> read = stackalloc ByteRange[ByteRanges.MaxRanges];
        RangeOutcome outcome = ByteRanges.Read(value, shown.Content.Length, read, out int count);
        if (count == 1 || shown.Coding == ContentCoding.Identity) ranges = read[..count].ToArray();
        return outcome != RangeOutcome.Unsatisfiable;
    }

    // RFC 9110 §15.5.17
    static void SendUnsatisfiable(HttpResponse response, Representation shown)
    {
        Span<byte> range = stackalloc byte[ContentRange.MaxLength];
        response.AddField("Accept-Ranges"u8, "bytes"u8);
        response.AddField("Content-Range"u8, range[..ContentRange.WriteUnsatisfied(range, shown.Content.Length)]);
        response.SendProblem(HttpFault.RangeNotSatisfiable);
    }

    static ValueTask SendContentAsync(HttpResponse response, Representation shown, ByteRange[] ranges)
    {
        AddFields(response, shown);
        if (ranges.Length > 1) return SendPartsAsync(response, shown, ranges);
        ByteRange all = new(0, shown.Content.Length - 1);
        if (ranges.Length == 1) AddContentRange(response, ranges[0], shown.Content.Length);
        return SendOneAsync(response, shown, ranges.Length == 1 ? 206 : 200, ranges.Length == 1 ? ranges[0] : all);
    }

    static ValueTask SendOneAsync(HttpResponse response, Representation shown, int status, ByteRange range)
    {
        if (shown.Content is not MemoryContent memory) return StreamOneAsync(response, shown, status, range);
        response.Send(status, shown.ContentType, memory.Part(range));
        return default;
    }

    static async ValueTask StreamOneAsync(HttpResponse response, Representation shown, int status, ByteRange range)
    {
        FixedBodyStream stream = response.StartStream(status, shown.ContentType, range.Length);
        if (stream.HasContent) await shown.Content.CopyAsync(range, stream).ConfigureAwait(false);
        stream.End();
    }

    // RFC 9110 §15.3.7.2
    static async ValueTask SendPartsAsync(HttpResponse response, Representation shown, ByteRange[] ranges)
    {
        byte[] boundary = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        long length = Framing(boundary, shown).ContentLength(ranges);
        FixedBodyStream stream = response.StartStream(206, [.. "multipart/byteranges; boundary="u8, .. boundary], length);
        await WritePartsAsync(stream, boundary, shown, ranges).ConfigureAwait(false);
        stream.End();
    }

    static async ValueTask WritePartsAsync(FixedBodyStream stream, byte[] boundary, Representation shown, ByteRange[] ranges)
    {
        byte[] framing = new byte[Framing(boundary, shown).MaxPartHead];
        foreach (ByteRange range in ranges)
        {
            int head = Framing(boundary, shown).WritePartHead(framing, range);
            if (!await stream.WriteAsync(framing.AsMemory(0, head)).ConfigureAwait(false)) return;
            if (!await shown.Content.CopyAsync(range, stream).ConfigureAwait(false)) return;
        }
        int end = Framing(boundary, shown).WriteEnd(framing);
        await stream.WriteAsync(framing.AsMemory(0, end)).ConfigureAwait(false);
    }

    static MultipartRanges Framing(byte[] boundary, Representation shown) => new(boundary, shown.ContentType, shown.Content.Length);

    static void AddFields(HttpResponse response, Representation shown)
    {
        if (shown.Tag.Length > 0) response.AddField("ETag"u8, shown.Tag);
        AddLastModified(response, shown);
        if (shown.Coding != ContentCoding.Identity) response.AddField("Content-Encoding"u8, shown.Coding == ContentCoding.Gzip ? "gzip"u8 : "br"u8);
        response.AddField("Accept-Ranges"u8, "bytes"u8);
        response.AddField("X-Content-Type-Options"u8, "nosniff"u8);
    }

    static void AddLastModified(HttpResponse response, Representation shown)
    {
        if (shown.LastModifiedSeconds is not { } seconds) return;
        Span<byte> date = stackalloc byte[HttpDate.Length];
        HttpDate.Write(date, seconds);
        response.AddField("Last-Modified"u8, date);
    }

    static void AddContentRange(HttpResponse response, ByteRange range, long length)
    {
        Span<byte> value = stackalloc byte[ContentRange.MaxLength];
        response.AddField("Content-Range"u8, value[..ContentRange.Write(value, range, length)]);
    }
}
