using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>Field lines and what is read out of them: lists, quoted strings, the length of the content.</summary>
sealed class FieldLinesTarget : Target
{
    static readonly HttpLimits Limits = new() { MaxRequestLineBytes = 64, MaxFields = 24 };

    readonly FieldBlock lines = new(Limits);
    readonly ResponseHeadReader again = new(Limits);
    readonly ResponseHead copy = new();
    readonly byte[] written = new byte[16384];

    public override string Name => "field-lines";

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (!TryRead(input)) return;
        FieldLines fields = lines.Head.Fields;
        for (int i = 0; i < fields.Count; i++)
        {
            ReadOnlySpan<byte> name = fields.NameAt(i), value = fields.ValueAt(i);
            Results.Unless(HttpGrammar.IsToken(name), "a name that is no token");
            Results.Unless(HttpGrammar.WithoutOws(value).Length == value.Length && !value.ContainsAny("\r\n\0"u8), "a value that no field has");
            Results.Unless(fields.Contains(name) && fields.CountOf(name) >= 1, "a field that is there and is not found");
            Results.Unless(fields.TryGet(name, out ReadOnlySpan<byte> one) == (fields.CountOf(name) == 1) && (one.IsEmpty || one.SequenceEqual(value)), "the one value is another");
            CheckMembers(fields, name);
        }
        CheckFraming(fields, HttpVersion.Http11);
        CheckFraming(fields, HttpVersion.Http10);
    }

    // What is read is all there was.
    bool TryRead(ReadOnlySpan<byte> input)
    {
        ReadResult result = lines.Read(input);
        Results.Check(result, lines.Length);
        Results.Unless(result.Status != ReadStatus.NeedMore, "a head that ends and does not end");
        return result.Status == ReadStatus.Done;
    }

    // Each member on a line of its own is the same list.
    void CheckMembers(FieldLines fields, ReadOnlySpan<byte> name)
    {
        var writer = new ResponseHeadWriter(written);
        writer.StatusLine(200);
        int count = 0;
        foreach (ReadOnlySpan<byte> member in fields.Members(name))
        {
            Results.Unless(!member.IsEmpty && HttpGrammar.WithoutOws(member).Length == member.Length, "an empty member, or white space around one");
            Results.Unless(!HttpGrammar.IsToken(member) || fields.ListContains(name, member), "a member that is there and is not found");
            if (++count <= Limits.MaxFields) writer.Field(name, member);
        }
        writer.End();
        if (count > Limits.MaxFields) return;
        again.Reset();
        ReadResult result = again.Read(written.AsSpan(0, writer.Length), copy);
        Results.Unless(result == ReadResult.Done(writer.Length) && copy.Fields.Count == count, "members that cannot be written");
        int index = 0;
        foreach (ReadOnlySpan<byte> member in fields.Members(name)) Results.Unless(copy.Fields.ValueAt(index++).SequenceEqual(member), "a member changed on its way");
        index = 0;
        foreach (ReadOnlySpan<byte> member in copy.Fields.Members(name)) Results.Unless(copy.Fields.ValueAt(index++).SequenceEqual(member), "a member alone on its line is another list");
    }

    static void CheckFraming(FieldLines fields, HttpVersion version)
    {
        HttpFault fault = BodyFraming.OfRequest(fields, version, out BodyFraming framing);
        bool hasLength = fields.Contains("content-length"u8), hasCoding = fields.Contains("transfer-encoding"u8);
        if (fault != HttpFault.None)
        {
            Results.Unless(hasLength || hasCoding, "framing refused without a field");
            return;
        }
        Results.Unless(!(hasLength && hasCoding), "two lengths");
        Results.Unless(framing.Length >= 0 && framing.Kind == (hasCoding ? BodyKind.Chunked : hasLength ? BodyKind.Fixed : BodyKind.None), "another framing than the fields say");
        Results.Unless(!hasCoding || version == HttpVersion.Http11, "chunked in HTTP/1.0");
    }
}
