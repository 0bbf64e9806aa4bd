using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>
/// Reads what a server sent as a strict client does and checks it: one final response for each request the handler saw, in order, then
/// at most one refusal; each with a date and an honest length; nothing behind the one that closes. RFC 9112 §9, RFC 9110 §6.6.1, §15.2.
/// </summary>
sealed class ResponsesOut
{
    static readonly HttpLimits Limits = HttpLimits.Default;

    readonly ResponseHeadReader heads = new(Limits);
    readonly ResponseHead head = new();
    readonly EventLog said = new();

    /// <summary>What was said, but for 100 Continue: whether that is sent may hang on what has arrived (RFC 9110 §10.1.1).</summary>
    internal ReadOnlySpan<byte> Said => said.Written;

    internal void Ended(HttpEnding ending, HttpFault fault)
    {
        said.Event('E', (int)ending);
        said.Event('F', (int)fault);
    }

    internal void Read(ReadOnlySpan<byte> sent, List<(HttpMethod Method, HttpVersion Version)> requests)
    {
        said.Clear();
        int answered = 0, continues = 0;
        bool open = true;
        while (!sent.IsEmpty)
        {
            Results.Unless(open, "something behind the last response");
            bool isRefusal = answered == requests.Count;
            heads.Reset();
            ReadResult result = heads.Read(sent, head);
            Results.Unless(result.Status == ReadStatus.Done, $"no response head: {result}");
            ReadOnlySpan<byte> rest = sent[result.Consumed..];
            Results.Unless(head.Version == HttpVersion.Http11, "the version is ours");
            if (head.Status == 100)
            {
                Results.Unless(++continues <= 1 && !isRefusal && head.Fields.Count == 0 && requests[answered].Version == HttpVersion.Http11, "100 in the wrong place");
                sent = rest;
                continue;
            }
            continues = 0;
            Results.Unless(head.Fields.CountOf("date"u8) == 1, "one Date in every final response");
            Results.Unless(!isRefusal || head.Status >= 400 && !head.KeepsAlive, "a response that nobody asked for");
            Results.Unless(answered <= requests.Count, "more responses than requests");
            Describe(sent[..result.Consumed]);
            if (head.Status == 101) return;
            sent = ReadContent(rest, isRefusal ? default : requests[answered]);
            answered++;
            open = head.KeepsAlive;
        }
        Results.Unless(answered >= requests.Count, "a request was handled and not answered");
        said.Event('o', open ? 1 : 0);
    }

    ReadOnlySpan<byte> ReadContent(ReadOnlySpan<byte> rest, (HttpMethod Method, HttpVersion Version) request)
    {
        Results.Unless(BodyFraming.OfResponse(head.Fields, head.Version, head.Status, request.Method, out BodyFraming framing) == HttpFault.None, "framing that is refused");
        if (StatusCodes.HasNoContent(head.Status)) Results.Unless(!head.Fields.Contains("content-length"u8) && !head.Fields.Contains("transfer-encoding"u8), "a length of what has no content");
        if (framing.Kind != BodyKind.Fixed && framing.Kind != BodyKind.None) Results.Unless(framing.Kind == BodyKind.UntilEnd == (request.Version == HttpVersion.Http10), "chunks to HTTP/1.0, or none to HTTP/1.1");
        if (framing.Kind == BodyKind.UntilEnd) Results.Unless(!head.KeepsAlive, "content until the end of a connection that goes on");
        var body = new BodyReader(framing, Limits);
        while (!body.IsComplete)
        {
            ReadResult result = body.Read(rest, out ReadOnlySpan<byte> data);
            if (framing.Kind == BodyKind.UntilEnd && rest.IsEmpty) break;
            Results.Unless(result.Status == ReadStatus.Done && result.Consumed > 0, $"content that breaks off or breaks a rule: {result}");
            said.Content(data);
            rest = rest[result.Consumed..];
        }
        return rest;
    }

    void Describe(ReadOnlySpan<byte> bytes) => said.Event('=', bytes);

    public override string ToString() => said.ToString();
}
