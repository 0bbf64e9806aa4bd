using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>What <see cref="AnswerReader"/> found.</summary>
internal enum AnswerPart
{
    /// <summary>Nothing more without further bytes.</summary>
    NeedMore,

    /// <summary>A head; its status and fields can be looked at.</summary>
    Head,

    /// <summary>A piece of content, perhaps an empty one where only framing was read.</summary>
    Content,

    /// <summary>The answer is complete.</summary>
    End,

    /// <summary>The bytes break a rule.</summary>
    Invalid,
}

/// <summary>Takes answers to GET or POST apart, one after the other, as they come. Pure.</summary>
/// <param name="head">Where heads are read into; shared, so it is to be looked at before anything else is read.</param>
internal sealed class AnswerReader(ResponseHead head)
{
    // An event stream has no end, and nobody here keeps what is read.
    static readonly HttpLimits Limits = new() { MaxBodyBytes = long.MaxValue / 4, MaxChunkOverheadBytes = int.MaxValue };

    readonly ResponseHeadReader heads = new(Limits);
    BodyReader body;
    bool isInBody;

    /// <summary>The status of the answer that is being read.</summary>
    public int Status { get; private set; }

    /// <summary>Where heads are read into.</summary>
    public ResponseHead HeadRead => head;

    /// <summary>Bytes of content so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether it is between two answers.</summary>
    public bool IsBetween => !isInBody;

    /// <summary>Which rule was broken, after Invalid.</summary>
    public HttpFault Fault { get; private set; }

    /// <summary>Reads the next part.</summary>
    /// <param name="unread">What came and is not spent; what this call spends is cut off.</param>
    /// <param name="content">A piece of content, with <see cref="AnswerPart.Content"/>.</param>
    public AnswerPart Next(ref ReadOnlySpan<byte> unread, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!isInBody) return ReadHead(ref unread);
        if (body.IsComplete)
        {
            isInBody = false;
            return AnswerPart.End;
        }
        ReadResult result = body.Read(unread, out content);
        unread = unread[result.Consumed..];
        Length += content.Length;
        return result.Status switch
        {
            ReadStatus.Done => AnswerPart.Content,
            ReadStatus.NeedMore => AnswerPart.NeedMore,
            _ => Refuse(result.Fault),
        };
    }

    AnswerPart ReadHead(ref ReadOnlySpan<byte> unread)
    {
        if (unread.IsEmpty) return AnswerPart.NeedMore;
        heads.Reset(); // the bytes of a head that was not complete may have moved meanwhile
        ReadResult result = heads.Read(unread, head);
        if (result.Status == ReadStatus.NeedMore) return AnswerPart.NeedMore;
        if (result.Status == ReadStatus.Invalid) return Refuse(result.Fault);
        unread = unread[result.Consumed..];
        HttpFault fault = BodyFraming.OfResponse(head.Fields, head.Version, head.Status, HttpMethod.Get, out BodyFraming framing);
        if (fault != HttpFault.None) return Refuse(fault);
        (Status, Length, isInBody, body) = (head.Status, 0, true, new(framing, Limits));
        return AnswerPart.Head;
    }

    AnswerPart Refuse(HttpFault fault)
    {
        Fault = fault;
        return AnswerPart.Invalid;
    }
}
