using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class FieldLinesTests
{
    readonly FieldLines fields = Requests.Read(Requests.With("Accept: a\r\nX: 1\r\nACCEPT: b , ,c")).Fields;

    [Fact]
    public void Names_compare_without_case()
    {
        Assert.Equal((2, 1, 0), (fields.CountOf("accept"u8), fields.CountOf("x"u8), fields.CountOf("accep"u8)));
        Assert.True(fields.Contains("HOST"u8));
    }

    [Fact]
    public void Names_of_the_same_length_and_first_letter_are_told_apart()
    {
        FieldLines alike = Requests.Read(Requests.With("Sec-Fetch-Site: a\r\nsec-fetch-mode: b\r\nX-1: c")).Fields;
        Assert.Equal((1, 1, 0), (alike.CountOf("sec-fetch-site"u8), alike.CountOf("SEC-FETCH-MODE"u8), alike.CountOf("Sec-Fetch-Dest"u8)));
        Assert.Equal((1, 0, 0), (alike.CountOf("x-1"u8), alike.CountOf("x-2"u8), alike.CountOf(""u8)));
    }

    [Fact]
    public void Names_of_the_head_before_are_not_found()
    {
        var reader = new RequestHeadReader(HttpLimits.Default);
        var head = new RequestHead();
        reader.Read("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"u8, head);
        reader.Read("GET / HTTP/1.0\r\nX: a\r\n\r\n"u8, head);
        Assert.Equal((false, false, true, ""), (head.Fields.Contains("host"u8), head.Fields.Contains("expect"u8), head.Fields.Contains("x"u8), Bytes.Text(head.Host)));
    }

    [Fact]
    public void A_repeated_field_has_no_single_value()
    {
        Assert.True(fields.TryGet("x"u8, out ReadOnlySpan<byte> value));
        Assert.Equal("1", Bytes.Text(value));
        Assert.False(fields.TryGet("accept"u8, out _));
        Assert.False(fields.TryGet("y"u8, out _));
    }

    [Fact]
    public void A_list_goes_over_all_lines()
    {
        Assert.True(fields.ListContains("accept"u8, "A"u8));
        Assert.True(fields.ListContains("accept"u8, "c"u8));
        Assert.False(fields.ListContains("accept"u8, "b , ,c"u8));
        Assert.False(fields.ListContains("accept"u8, ""u8));
    }

    [Fact]
    public void A_large_head_is_not_paid_for_forever()
    {
        var reader = new RequestHeadReader(HttpLimits.Default);
        var head = new RequestHead();
        byte[] large = Bytes.Of($"GET / HTTP/1.0\r\n{string.Concat(Enumerable.Repeat($"A: {new string('b', 200)}\r\n", 60))}\r\n");
        Assert.Equal(ReadResult.Done(large.Length), reader.Read(large, head));
        Assert.True(head.Fields.Block.Length >= large.Length);
        reader.Read("GET / HTTP/1.0\r\nA: b\r\n\r\n"u8, head);
        Assert.InRange(head.Fields.Block.Length, 1, 4 << 10);
    }

    [Fact]
    public void Lines_keep_their_order_and_their_case()
    {
        Assert.Equal((4, "ACCEPT", "b , ,c"), (fields.Count, Bytes.Text(fields.NameAt(3)), Bytes.Text(fields.ValueAt(3))));
        Assert.Throws<ArgumentOutOfRangeException>(() => fields.NameAt(4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => fields.ValueAt(-1).Length);
    }
}
