using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>Responses with their content, one behind the other, as a client reads them.</summary>
sealed class ResponseTarget : StreamTarget
{
    static readonly HttpLimits Limits = RequestHeadTarget.Small;

    readonly ResponseHeadReader reader = new(Limits), again = new(new HttpLimits { MaxRequestLineBytes = 1 << 10 });
    readonly ResponseHead head = new(), copy = new();
    readonly byte[] written = new byte[2048];
    BodyReader body;
    HttpMethod requestMethod;
    bool inBody, isRefused;

    public override string Name => "response";

    protected override int MaxUnread => Math.Max(Limits.MaxRequestLineBytes, Limits.MaxHeadBytes);

    protected override bool IsRefused => isRefused;

    protected override void Begin()
    {
        reader.Reset();
        requestMethod = HttpMethod.Get;
        inBody = isRefused = false;
    }

    protected override int Turn(ReadOnlySpan<byte> unread, EventLog log)
    {
        if (inBody && body.IsComplete)
        {
            log.Event('.', 0);
            inBody = false;
        }
        if (isRefused) return 0;
        return inBody ? ReadBody(unread, log) : ReadHead(unread, log);
    }

    protected override void Finish(EventLog log)
    {
        log.Event('e', inBody && body.IsComplete ? 1 : 0);
    }

    int ReadHead(ReadOnlySpan<byte> unread, EventLog log)
    {
        ReadResult result = reader.Read(unread, head);
        Results.Check(result, unread.Length);
        if (result.Status == ReadStatus.Invalid) return Refuse(result.Fault, log);
        if (result.Status != ReadStatus.Done) return 0;
        Describe(log);
        RoundTrip();
        HttpFault fault = BodyFraming.OfResponse(head.Fields, head.Version, head.Status, requestMethod, out BodyFraming framing);
        if (fault != HttpFault.None) return Refuse(fault, log);
        log.Event('f', (int)framing.Kind);
        log.Event('l', framing.Length);
        body = new(framing, Limits);
        inBody = true;
        requestMethod = requestMethod == HttpMethod.Connect ? HttpMethod.Get : requestMethod == HttpMethod.Get ? HttpMethod.Head : HttpMethod.Connect;
        return result.Consumed;
    }

    int ReadBody(ReadOnlySpan<byte> unread, EventLog log)
    {
        ReadResult result = body.Read(unread, out ReadOnlySpan<byte> data);
        Results.Check(result, unread.Length);
        if (result.Status == ReadStatus.Invalid) return Refuse(result.Fault, log);
        Results.Unless(data.Length <= result.Consumed, "more content than was spent");
        Results.Unless(result.Status != ReadStatus.Done || result.Consumed > 0, "no progress");
        log.Content(data);
        return result.Consumed;
    }

    int Refuse(HttpFault fault, EventLog log)
    {
        log.Event('!', (int)fault);
        isRefused = true;
        return 0;
    }

    void Describe(EventLog log)
    {
        Results.Unless(head.Status is >= 100 and <= 599 && head.Fields.Count <= Limits.MaxFields, "a status that is none, or more fields than the limit");
        log.Event('=', head.Status);
        log.Event('v', (int)head.Version);
        log.Event('k', head.KeepsAlive ? 1 : 0);
        log.Event('r', head.Reason);
        for (int i = 0; i < head.Fields.Count; i++)
        {
            log.Event('n', head.Fields.NameAt(i));
            log.Event('v', head.Fields.ValueAt(i));
        }
    }

    // What was read can be written, and reads the same; the reason phrase and the version are the writer's own.
    void RoundTrip()
    {
        var writer = new ResponseHeadWriter(written);
        writer.StatusLine(head.Status);
        for (int i = 0; i < head.Fields.Count; i++) writer.Field(head.Fields.NameAt(i), head.Fields.ValueAt(i));
        writer.End();
        again.Reset();
        ReadResult result = again.Read(written.AsSpan(0, writer.Length), copy);
        Results.Unless(result == ReadResult.Done(writer.Length) && copy.Status == head.Status && copy.Fields.Count == head.Fields.Count, "what was read, written and read again is refused");
        for (int i = 0; i < head.Fields.Count; i++)
            Results.Unless(copy.Fields.NameAt(i).SequenceEqual(head.Fields.NameAt(i)) && copy.Fields.ValueAt(i).SequenceEqual(head.Fields.ValueAt(i)), "a field changed on its way");
    }
}
