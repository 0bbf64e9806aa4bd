using System.Text;
using System.Text.Unicode;
using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>What fields mean: dates, entity tags, conditions, ranges, codings, cookies, and paths that become files. Each value is read as each of them.</summary>
sealed class SemanticsTarget : Target
{
    const long Now = 1_790_000_000, Modified = 784_111_777; // Sun, 06 Nov 1994 08:49:37 GMT

    static readonly long[] Lengths = [0, 1, 10, 1000, long.MaxValue];

    readonly FieldBlock lines = new(new() { MaxRequestLineBytes = 64 });
    readonly ByteRange[] ranges = new ByteRange[ByteRanges.MaxRanges];
    readonly byte[] date = new byte[HttpDate.Length];
    readonly byte[] contentRange = new byte[ContentRange.MaxLength];

    public override string Name => "semantics";

    public override void Run(ReadOnlySpan<byte> input)
    {
        if (lines.Read(input).Status != ReadStatus.Done) return;
        FieldLines fields = lines.Head.Fields;
        for (int i = 0; i < fields.Count; i++) CheckValue(fields.ValueAt(i));
        CheckTags(fields, "if-match"u8);
        CheckTags(fields, "if-none-match"u8);
        CheckCookies(fields);
        CheckCodings(fields);
        CheckConditions(fields);
    }

    void CheckValue(ReadOnlySpan<byte> value)
    {
        CheckDate(value);
        foreach (long length in Lengths) CheckRanges(value, length);
        CheckPath(value);
        if (Weights.TryRead(value, out int weight)) Results.Unless(weight is >= 0 and <= 1000, "a weight above 1");
        if (!EntityTag.TryRead(value, out EntityTag tag)) return;
        CheckTag(tag);
        Results.Unless(tag.Opaque.Length + (tag.IsWeak ? 2 : 0) == value.Length, "a tag that is more or less than the value");
    }

    void CheckDate(ReadOnlySpan<byte> value)
    {
        if (!HttpDate.TryRead(value, Now, out long seconds)) return;
        HttpDate.Write(date, seconds);
        Results.Unless(HttpDate.TryRead(date, Now, out long again) && again == seconds, "a date that was read, written and read again has changed");
    }

    void CheckRanges(ReadOnlySpan<byte> value, long length)
    {
        RangeOutcome outcome = ByteRanges.Read(value, length, ranges, out int count);
        Results.Unless(outcome == RangeOutcome.Parts ? count is > 0 and <= ByteRanges.MaxRanges : count == 0, "ranges without parts, or parts without ranges");
        for (int i = 0; i < count; i++)
        {
            ByteRange range = ranges[i];
            Results.Unless(range.First >= 0 && range.First <= range.Last && range.Last < length, "a range of what is not there");
            for (int j = 0; j < i; j++) Results.Unless(ranges[j].Last < range.First - 1 || range.Last < ranges[j].First - 1, "ranges that overlap or touch");
            int written = ContentRange.Write(contentRange, range, length);
            Results.Unless(written <= ContentRange.MaxLength && contentRange.AsSpan(0, written).StartsWith("bytes "u8), "a Content-Range that is none");
        }
    }

    void CheckPath(ReadOnlySpan<byte> value)
    {
        Span<byte> room = stackalloc byte[Mutator.MaxBytes];
        if (value.Length > room.Length || FilePath.Read(value, room, out int length) != HttpFault.None) return;
        ReadOnlySpan<byte> path = room[..length];
        Results.Unless(Utf8.IsValid(path) && !path.ContainsAnyInRange<byte>(0, 0x1F) && !path.ContainsAny((byte)'\\', (byte)':', (byte)0x7F), "a file name with what no file name should have");
        Results.Unless(!path.StartsWith("/"u8) && !path.StartsWith("."u8) && path.IndexOf("/."u8) < 0 && path.IndexOf("//"u8) < 0, "a path that leads out, or to a hidden file");
        string folder = Path.GetFullPath(Path.Combine("/root/of/files", Encoding.UTF8.GetString(path)));
        Results.Unless(folder.StartsWith("/root/of/files", StringComparison.Ordinal), "a path that leads out");
    }

    static void CheckTags(FieldLines fields, ReadOnlySpan<byte> name)
    {
        int bytes = 0, most = 0;
        for (int i = 0; i < fields.Count; i++) most += fields.ValueAt(i).Length;
        foreach (EntityTag tag in new EntityTagList(fields, name))
        {
            CheckTag(tag);
            bytes += tag.Opaque.Length;
        }
        Results.Unless(bytes <= most, "more tags than there are bytes");
    }

    static void CheckTag(EntityTag tag)
    {
        Results.Unless(tag.Opaque.Length >= 2 && tag.Opaque[0] == '"' && tag.Opaque[^1] == '"' && !tag.Opaque[1..^1].ContainsAny((byte)'"', (byte)' '), "an entity tag that is none");
        Results.Unless(tag.EqualsWeakly(tag) && tag.EqualsStrongly(tag) == !tag.IsWeak, "a tag is not itself");
    }

    static void CheckCookies(FieldLines fields)
    {
        var cookies = new CookieReader(fields);
        while (cookies.MoveNext())
        {
            Results.Unless(!(cookies.Name.IsEmpty && cookies.Value.IsEmpty), "a cookie without name and value");
            Results.Unless(!cookies.Name.ContainsAny((byte)'=', (byte)';') && !cookies.Value.Contains((byte)';'), "a cookie that holds another");
            Results.Unless(new CookieReader(fields).MoveTo(cookies.Name), "a cookie that is there and is not found");
        }
    }

    static void CheckCodings(FieldLines fields)
    {
        AcceptEncoding wish = AcceptEncoding.Read(fields);
        Results.Unless(wish is { Identity: >= 0 and <= 1000, Gzip: >= 0 and <= 1000, Brotli: >= 0 and <= 1000 }, "a weight above 1");
        Results.Unless(wish.Choose(false, false) == ContentCoding.Identity, "a coding that is not there");
        Results.Unless(wish.Choose(true, false) != ContentCoding.Gzip || wish.Gzip > 0, "gzip for who does not want it");
        Results.Unless(wish.Choose(true, true) != ContentCoding.Brotli || wish.Brotli >= wish.Gzip, "the coding that is liked less");
    }

    static void CheckConditions(FieldLines fields)
    {
        EntityTag.TryRead("\"a\""u8, out EntityTag tag);
        Precondition get = new Preconditions(tag, Modified, Now).Of(HttpMethod.Get, fields);
        Precondition put = new Preconditions(tag, Modified, Now).Of(HttpMethod.Put, fields);
        Results.Unless(put is Precondition.GoOn or Precondition.Failed, "not modified is for GET and HEAD");
        Results.Unless(get != Precondition.GoOnWithoutRange || fields.Contains("if-range"u8), "a range dropped for no reason");
        bool any = fields.Contains("if-match"u8) || fields.Contains("if-none-match"u8) || fields.Contains("if-modified-since"u8) || fields.Contains("if-unmodified-since"u8);
        Results.Unless(any || (put == Precondition.GoOn && get is Precondition.GoOn or Precondition.GoOnWithoutRange), "a condition that nobody made");
    }
}
