using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>Chunked content with extensions and trailers.</summary>
sealed class ChunkedBodyTarget : StreamTarget
{
    readonly EventLog content = new(), copy = new();
    byte[] written = new byte[1024];
    ChunkedBodyReader reader;
    FieldLines trailers = new();
    bool isRefused;

    public override string Name => "chunked-body";

    // Framing is taken byte by byte and content at once; only a trailer line waits for its end.
    protected override int MaxUnread => RequestHeadTarget.Small.MaxTrailerBytes;

    protected override bool IsRefused => isRefused;

    protected override bool IsComplete => reader.IsComplete;

    protected override void Begin()
    {
        if (trailers.Count > 0) trailers = new();
        reader = new(RequestHeadTarget.Small, trailers);
        content.Clear();
        isRefused = false;
    }

    protected override int Turn(ReadOnlySpan<byte> unread, EventLog log)
    {
        if (isRefused || reader.IsComplete) return 0;
        ReadResult result = reader.Read(unread, out ReadOnlySpan<byte> data);
        Results.Check(result, unread.Length);
        isRefused = result.Status == ReadStatus.Invalid;
        if (isRefused) log.Event('!', (int)result.Fault);
        Results.Unless(result.Status != ReadStatus.Done || result.Consumed > 0, "no progress");
        Results.Unless(data.Length <= result.Consumed, "more content than was spent");
        content.Content(data);
        Results.Unless(content.Written.Length <= reader.Total && reader.Total <= RequestHeadTarget.Small.MaxBodyBytes, "more content than is counted, or than the limit");
        return result.Consumed;
    }

    protected override void Finish(EventLog log)
    {
        log.Event('c', content.Written);
        log.Event('t', reader.Total);
        log.Event('e', reader.IsComplete ? 1 : 0);
        int kept = 0;
        for (int i = 0; i < trailers.Count; i++)
        {
            log.Event('n', trailers.NameAt(i));
            log.Event('v', trailers.ValueAt(i));
            kept += trailers.NameAt(i).Length + trailers.ValueAt(i).Length;
        }
        Results.Unless(kept <= RequestHeadTarget.Small.MaxTrailerBytes, "more trailers than the limit");
        Results.Unless(!trailers.Contains("content-length"u8) && !trailers.Contains("host"u8) && !trailers.Contains("authorization"u8), "a trailer that no trailer may be");
    }

    protected override void Check(ReadOnlySpan<byte> input)
    {
        if (!reader.IsComplete) return;
        Results.Unless(reader.Total == content.Written.Length, "content is counted and was not handed out");
        RoundTrip(content.Written);
    }

    // What was read can be written in chunks, and reads the same.
    void RoundTrip(ReadOnlySpan<byte> data)
    {
        int length = 0;
        if (!data.IsEmpty)
        {
            if (written.Length < data.Length + 32) written = new byte[data.Length + 32];
            length = ChunkWriter.Write(written, data);
            Results.Unless(length == ChunkWriter.FramedLength(data.Length), "the writer measures otherwise than it writes");
        }
        ChunkWriter.LastChunk.CopyTo(written.AsSpan(length));
        length += ChunkWriter.LastChunk.Length;

        var again = new ChunkedBodyReader(RequestHeadTarget.Small);
        copy.Clear();
        int spent = 0;
        while (!again.IsComplete)
        {
            ReadResult result = again.Read(written.AsSpan(spent, length - spent), out ReadOnlySpan<byte> piece);
            Results.Unless(result.Status == ReadStatus.Done && result.Consumed > 0, "our own chunks are refused");
            copy.Content(piece);
            spent += result.Consumed;
        }
        Results.Unless(spent == length && copy.Written.SequenceEqual(data), "our own chunks read otherwise than they were written");
    }
}
