using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class RequestHeadReaderTests
{
    public static TheoryData<string, string, string> ValidHeads => new()
    {
        // clause                     head                                                       outcome
        { "9112 §2.1 least",          "GET / HTTP/1.0\r\n\r\n",                                   "18 GET /? Http10 None" },
        { "9112 §3.2 with Host",      "GET / HTTP/1.1\r\nHost: a\r\n\r\n",                        "27 GET /? Http11 None [Host=a]" },
        { "9112 §2.2 empty lines",    "\r\n\r\n\r\n\r\nGET / HTTP/1.0\r\n\r\n",                   "26 GET /? Http10 None" },
        { "9112 §5 OWS both ends",    "GET / HTTP/1.0\r\nA: \t b c \t\r\n\r\n",                   "30 GET /? Http10 None [A=b c]" },
        { "9110 §5.5 empty value",    "GET / HTTP/1.0\r\nA:\r\n\r\n",                             "22 GET /? Http10 None [A=]" },
        { "9110 §5.5 obs-text",       "GET / HTTP/1.0\r\nA: \xE9\r\n\r\n",                        "24 GET /? Http10 None [A=\xE9]" },
        { "9110 §9.1 other method",   "BREW /p?q=1 HTTP/1.0\r\n\r\n",                             "24 BREW /p?q=1 Http10 None" },
        { "9112 §6.3 rest untouched", "POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabcGET /",     "38 POST /? Http10 Fixed [Content-Length=3]" },
    };

    [Theory, MemberData(nameof(ValidHeads))]
    public void Valid_heads_are_read(string clause, string raw, string expected) => Assert.Equal((clause, expected), (clause, Requests.OutcomeOf(raw)));

    public static TheoryData<string, string, HttpFault> BrokenHeads => new()
    {
        // clause                        head                                              named as
        { "9112 §2.2 a fifth empty line", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.0\r\n\r\n",    HttpFault.TooManyEmptyLines },
        { "9112 §2.2 LF first",          "\nGET / HTTP/1.0\r\n\r\n",                       HttpFault.BareLineFeed },
        { "9112 §2.2 LF, request line",  "GET / HTTP/1.1\nHost: a\r\n\r\n",                HttpFault.BareLineFeed },
        { "9112 §2.2 LF, field line",    "GET / HTTP/1.1\r\nHost: a\n\r\n",                HttpFault.BareLineFeed },
        { "9112 §2.2 LF, empty line",    "GET / HTTP/1.1\r\nHost: a\r\n\n",                HttpFault.BareLineFeed },
        { "9112 §2.2 CR in line",        "GET / HTTP/1.1\rHost: a\r\n\r\n",                HttpFault.BareCarriageReturn },
        { "9112 §2.2 CR in value",       Requests.With("A: b\rc"),                         HttpFault.BareCarriageReturn },
        { "9112 §2.2 CR CR LF",          Requests.With("A: b\r"),                          HttpFault.BareCarriageReturn },
        { "9112 §2.2 CR first",          "\rGET / HTTP/1.0\r\n\r\n",                       HttpFault.BareCarriageReturn },
        { "9110 §9.1 TLS hello",         "\x16\x03\x01\x02\x00\x01",                       HttpFault.BadMethod },
        { "9110 §9.1 leading space",     " GET / HTTP/1.0\r\n\r\n",                        HttpFault.BadMethod },
        { "9110 §9.1 not a token",       "GE(T / HTTP/1.0\r\n\r\n",                        HttpFault.BadMethod },
        { "9110 §9.1 NUL",               "G\0T / HTTP/1.0\r\n\r\n",                        HttpFault.BadMethod },
        { "9110 §9.1 tab for space",     "GET\t/ HTTP/1.0\r\n\r\n",                        HttpFault.BadMethod },
        { "9112 §3 method too long",     new string('M', 33) + " / HTTP/1.0\r\n\r\n",      HttpFault.MethodTooLong },
        { "9112 §3 method and target",   new string('M', 33) + " /" + new string('a', 9000), HttpFault.MethodTooLong },
        { "9112 §3 no space at all",     new string('M', 8193),                            HttpFault.BadRequestLine },
        { "9112 §3 space behind all",    new string('M', 8192) + " / HTTP/1.1\r\n",        HttpFault.BadRequestLine },
        { "9112 §3 no spaces",           "GET\r\n\r\n",                                    HttpFault.BadRequestLine },
        { "9112 §3 HTTP/0.9",            "GET /\r\n\r\n",                                  HttpFault.BadRequestLine },
        { "9112 §3 two spaces",          "GET  / HTTP/1.1\r\n\r\n",                        HttpFault.BadRequestLine },
        { "9112 §3 two spaces behind",   "GET /  HTTP/1.1\r\n\r\n",                        HttpFault.BadRequestLine },
        { "9112 §3 space in target",     "GET /a b HTTP/1.1\r\n\r\n",                      HttpFault.BadRequestLine },
        { "9112 §3 space at the end",    "GET / HTTP/1.1 \r\n\r\n",                        HttpFault.BadRequestLine },
        { "9112 §2.3 lower case",        "GET / http/1.1\r\n\r\n",                         HttpFault.BadVersion },
        { "9112 §2.3 two digits",        "GET / HTTP/1.10\r\n\r\n",                        HttpFault.BadVersion },
        { "9112 §2.3 no minor",          "GET / HTTP/1\r\n\r\n",                           HttpFault.BadVersion },
        { "9112 §2.3 comma",             "GET / HTTP/1,1\r\n\r\n",                         HttpFault.BadVersion },
        { "9112 §2.3 none",              "GET / \r\n\r\n",                                 HttpFault.BadVersion },
        { "9110 §2.5 1.2 as 1.1",        "GET / HTTP/1.2\r\n\r\n",                         HttpFault.HostMissing },
        { "9110 §15.6.6 2.0",            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",               HttpFault.UnsupportedVersion },
        { "9110 §15.6.6 0.9",            "GET / HTTP/0.9\r\n\r\n",                         HttpFault.UnsupportedVersion },
        { "9110 §15.5.15 endless",       "GET /" + new string('a', 8192),                  HttpFault.TargetTooLong },
        { "9110 §5.1 empty name",        Requests.With(": b"),                             HttpFault.BadFieldName },
        { "9110 §5.1 not a token",       Requests.With("A@: b"),                           HttpFault.BadFieldName },
        { "9110 §5.1 space within",      Requests.With("A B: c"),                          HttpFault.BadFieldName },
        { "9110 §5.1 NUL",               Requests.With("A\0: b"),                          HttpFault.BadFieldName },
        { "9110 §5.1 obs-text",          Requests.With("\xE9: b"),                         HttpFault.BadFieldName },
        { "9112 §5 no colon",            Requests.With("Ab"),                              HttpFault.FieldWithoutColon },
        { "9112 §5.1 space",             Requests.With("A : b"),                           HttpFault.SpaceBeforeColon },
        { "9112 §5.1 tab",               Requests.With("A\t: b"),                          HttpFault.SpaceBeforeColon },
        { "9112 §5.2 folded",            Requests.With("A: b\r\n c"),                      HttpFault.FoldedField },
        { "9112 §5.2 folded by tab",     Requests.With("A: b\r\n\tc: d"),                  HttpFault.FoldedField },
        { "9112 §2.2 space first",       "GET / HTTP/1.1\r\n Host: a\r\n\r\n",             HttpFault.FoldedField },
        { "3875 §4.1.18 length",         Requests.With("Content_Length: 5"),               HttpFault.FramingLookalike },
        { "3875 §4.1.18 coding",         Requests.With("transfer_ENCODING: chunked"),      HttpFault.FramingLookalike },
        { "9110 §8.3 two types",         Requests.With("Content-Type: a/b\r\ncontent-type: a/b"), HttpFault.ContentTypeRepeated },
        { "9110 §5.5 NUL",               Requests.With("A: b\0"),                          HttpFault.BadFieldValue },
        { "9110 §5.5 control",           Requests.With("A: \x01"),                         HttpFault.BadFieldValue },
        { "9110 §5.5 DEL",               Requests.With("A: \x7F"),                         HttpFault.BadFieldValue },
        { "9110 §5.5 vertical tab",      Requests.With("Transfer-Encoding: \x0B" + "chunked"), HttpFault.BadFieldValue },
        { "6585 §5 too large",           Requests.With("A: " + new string('b', 33 << 10)), HttpFault.FieldsTooLarge },
        { "6585 §5 endless",             "GET / HTTP/1.1\r\nA: " + new string('b', 33 << 10), HttpFault.FieldsTooLarge },
    };

    [Theory, MemberData(nameof(BrokenHeads))]
    public void A_broken_head_names_the_rule(string clause, string raw, HttpFault expected) => Assert.Equal((clause, expected), (clause, Requests.FaultOf(raw)));

    [Fact]
    public void Every_prefix_of_a_valid_head_needs_more()
    {
        byte[] whole = Bytes.Of("\r\nPOST /a?b HTTP/1.1\r\nHost: example.org:80\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal(ReadResult.NeedMore, new RequestHeadReader(HttpLimits.Default).Read(whole.AsSpan(0, length), new RequestHead()));
        Assert.Equal(ReadResult.Done(whole.Length), new RequestHeadReader(HttpLimits.Default).Read(whole, new RequestHead()));
    }

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void A_request_line_may_have_8_KiB(int lineBytes, bool fits)
    {
        string target = "/" + new string('a', lineBytes - "GET / HTTP/1.0\r\n".Length);
        string raw = $"GET {target} HTTP/1.0\r\n\r\n";
        Assert.Equal(fits, Requests.OutcomeOf(raw).StartsWith($"{raw.Length} GET", StringComparison.Ordinal));
        if (!fits) Assert.Equal(HttpFault.TargetTooLong, Requests.FaultOf(raw));
    }

    [Fact]
    public void A_hundred_fields_fit_and_one_more_does_not()
    {
        string hundred = "GET / HTTP/1.0\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 100));
        Assert.StartsWith("618 GET", Requests.OutcomeOf(hundred + "\r\n"));
        Assert.Equal(HttpFault.TooManyFields, Requests.FaultOf(hundred + "A: b\r\n\r\n"));
    }

    [Fact]
    public void Empty_lines_do_not_begin_a_request()
    {
        var reader = new RequestHeadReader(HttpLimits.Default);
        reader.Read("\r\n\r\n"u8, new RequestHead());
        Assert.False(reader.HasBegun);
        reader.Read("\r\n\r\nG"u8, new RequestHead());
        Assert.True(reader.HasBegun);
    }

    [Fact]
    public void A_reader_and_a_head_serve_many_requests_without_a_byte_allocated()
    {
        byte[] raw = Bytes.Of("GET /poll?channel=a HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\nUser-Agent: curl/8\r\n\r\n");
        var reader = new RequestHeadReader(HttpLimits.Default);
        var head = new RequestHead();
        for (int i = 0; i < 10; i++) reader.Read(raw, head);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) reader.Read(raw, head);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
