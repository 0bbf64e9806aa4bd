using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>Request heads, one behind the other. Limits are small so that short inputs reach them.</summary>
sealed class RequestHeadTarget : StreamTarget
{
    internal static readonly HttpLimits Small = new() { MaxRequestLineBytes = 96, MaxHeadBytes = 256, MaxFields = 8, MaxBodyBytes = 400, MaxChunkLineBytes = 40, MaxChunkOverheadBytes = 64, MaxTrailerBytes = 48 };

    static readonly HttpLimits Large = new() { MaxRequestLineBytes = 1 << 10 };

    readonly RequestHeadReader reader = new(Small), again = new(Large);
    readonly RequestHead head = new(), copy = new();
    readonly EventLog first = new(), second = new();
    readonly byte[] written = new byte[2048];
    bool isRefused;

    public override string Name => "request-head";

    protected override int MaxUnread => 2 * HttpLimits.MaxEmptyLines + Math.Max(Small.MaxRequestLineBytes, Small.MaxHeadBytes);

    protected override bool IsRefused => isRefused;

    protected override void Begin()
    {
        reader.Reset();
        isRefused = false;
    }

    protected override int Turn(ReadOnlySpan<byte> unread, EventLog log)
    {
        if (isRefused) return 0;
        ReadResult result = reader.Read(unread, head);
        isRefused = result.Status == ReadStatus.Invalid;
        Results.Check(result, unread.Length);
        if (isRefused) log.Event('!', (int)result.Fault);
        if (result.Status != ReadStatus.Done) return 0;
        Results.Unless(result.Consumed > 0, "a head of no bytes");
        log.Event('=', result.Consumed);
        Describe(head, log);
        if (head.Version == HttpVersion.Http11) RoundTrip();
        return result.Consumed;
    }

    protected override void Finish(EventLog log)
    {
        log.Event('b', reader.HasBegun ? 1 : 0);
    }

    internal static void Describe(RequestHead head, EventLog log)
    {
        Results.Unless(head.Fields.Count <= Small.MaxFields, "more fields than the limit");
        log.Event('m', (int)head.Method);
        log.Event('v', (int)head.Version);
        log.Event('f', (int)head.Framing.Kind);
        log.Event('l', head.Framing.Length);
        log.Event('k', (head.KeepsAlive ? 1 : 0) + (head.ExpectsContinue ? 2 : 0) + (head.WantsUpgrade ? 4 : 0));
        log.Event('M', head.MethodBytes);
        log.Event('T', head.TargetBytes);
        log.Event('P', head.Path);
        log.Event('Q', head.Query);
        log.Event('A', head.Authority);
        log.Event('H', head.Host);
        for (int i = 0; i < head.Fields.Count; i++)
        {
            log.Event('n', head.Fields.NameAt(i));
            log.Event('v', head.Fields.ValueAt(i));
        }
    }

    // What was read can be written, and reads the same.
    void RoundTrip()
    {
        var writer = new RequestHeadWriter(written);
        writer.RequestLine(head.MethodBytes, head.TargetBytes);
        for (int i = 0; i < head.Fields.Count; i++) writer.Field(head.Fields.NameAt(i), head.Fields.ValueAt(i));
        writer.End();
        ReadResult result = again.Read(written.AsSpan(0, writer.Length), copy);
        Results.Unless(result == ReadResult.Done(writer.Length), "what was read, written and read again is refused");
        first.Clear();
        second.Clear();
        Describe(head, first);
        Describe(copy, second);
        Results.Unless(first.Written.SequenceEqual(second.Written), "what was read, written and read again has changed");
    }
}
