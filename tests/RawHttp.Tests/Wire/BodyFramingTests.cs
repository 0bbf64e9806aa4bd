using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class BodyFramingTests
{
    public static TheoryData<string, string, HttpFault> BrokenFields => new()
    {
        // clause                        field lines                                                  named as
        { "9112 §6.3 both",              "Content-Length: 1\r\nTransfer-Encoding: chunked",           HttpFault.TwoBodyLengths },
        { "9112 §6.3 both, other order", "Transfer-Encoding: chunked\r\nContent-Length: 0",           HttpFault.TwoBodyLengths },
        { "9112 §6.3 not chunked",       "Transfer-Encoding: chunked, gzip",                          HttpFault.BadTransferCoding },
        { "9112 §7 twice",               "Transfer-Encoding: chunked, chunked",                       HttpFault.BadTransferCoding },
        { "9112 §7 twice, two lines",    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",  HttpFault.BadTransferCoding },
        { "9112 §7 parameters",          "Transfer-Encoding: chunked;a=b",                            HttpFault.BadTransferCoding },
        { "9112 §6.1 empty",             "Transfer-Encoding:",                                        HttpFault.BadTransferCoding },
        { "9112 §6.1 empty member",      "Transfer-Encoding: , chunked",                              HttpFault.BadTransferCoding },
        { "9112 §6.1 empty at the end",  "Transfer-Encoding: chunked,",                               HttpFault.BadTransferCoding },
        { "9112 §6.1 quoted",            "Transfer-Encoding: \"chunked\"",                            HttpFault.BadTransferCoding },
        { "9112 §6.1 two words",         "Transfer-Encoding: chunked x",                              HttpFault.BadTransferCoding },
        { "9112 §6.1 unknown",           "Transfer-Encoding: xchunked",                               HttpFault.UnknownTransferCoding },
        { "9112 §6.1 identity",          "Transfer-Encoding: identity",                               HttpFault.UnknownTransferCoding },
        { "9112 §6.1 gzip, chunked",     "Transfer-Encoding: gzip, chunked",                          HttpFault.UnknownTransferCoding },
        { "9110 §8.6 empty",             "Content-Length:",                                           HttpFault.BadContentLength },
        { "9110 §8.6 plus",              "Content-Length: +1",                                        HttpFault.BadContentLength },
        { "9110 §8.6 minus",             "Content-Length: -1",                                        HttpFault.BadContentLength },
        { "9110 §8.6 hex",               "Content-Length: 0x1",                                       HttpFault.BadContentLength },
        { "9110 §8.6 underscore",        "Content-Length: 1_0",                                       HttpFault.BadContentLength },
        { "9110 §8.6 space within",      "Content-Length: 1 0",                                       HttpFault.BadContentLength },
        { "9110 §8.6 list",              "Content-Length: 1, 1",                                      HttpFault.BadContentLength },
        { "9110 §8.6 leading zero",      "Content-Length: 01",                                        HttpFault.BadContentLength },
        { "9110 §8.6 2^63",              "Content-Length: 9223372036854775808",                       HttpFault.BadContentLength },
        { "9110 §8.6 20 digits",         "Content-Length: 10000000000000000000",                      HttpFault.BadContentLength },
        { "9110 §8.6 other digits",      "Content-Length: \xB2",                                      HttpFault.BadContentLength },
        { "9110 §8.6 repeated",          "Content-Length: 1\r\nContent-Length: 2",                    HttpFault.ContentLengthRepeated },
        { "9110 §8.6 repeated, equal",   "Content-Length: 1\r\ncontent-length: 1",                    HttpFault.ContentLengthRepeated },
    };

    [Theory, MemberData(nameof(BrokenFields))]
    public void Broken_framing_names_the_rule(string clause, string fields, HttpFault expected) =>
        Assert.Equal((clause, expected), (clause, Requests.FaultOf(Requests.With(fields))));

    [Fact]
    public void HTTP_1_0_has_no_transfer_encoding() =>
        Assert.Equal(HttpFault.TransferCodingInHttp10, Requests.FaultOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"));

    [Theory]
    [InlineData("A: b", BodyKind.None, 0)]
    [InlineData("Content-Length: 0", BodyKind.Fixed, 0)]
    [InlineData("Content-Length: 42", BodyKind.Fixed, 42)]
    [InlineData("Content-Length: 9223372036854775807", BodyKind.Fixed, long.MaxValue)]
    [InlineData("Transfer-Encoding: Chunked", BodyKind.Chunked, 0)]
    public void A_request_says_how_long_its_content_is(string field, BodyKind kind, long length) =>
        Assert.Equal(new BodyFraming(kind, length), Requests.Read(Requests.With(field)).Framing);

    public static TheoryData<string, HttpMethod, int, string, BodyKind> Responses => new()
    {
        // 9112 §6.3              request            status  field                         content
        { "1. HEAD",              HttpMethod.Head,    200,   "Content-Length: 5",          BodyKind.None },
        { "1. 1xx",               HttpMethod.Get,     101,   "Content-Length: 5",          BodyKind.None },
        { "1. 204",               HttpMethod.Get,     204,   "Transfer-Encoding: chunked", BodyKind.None },
        { "1. 304",               HttpMethod.Get,     304,   "Content-Length: 5",          BodyKind.None },
        { "2. CONNECT",           HttpMethod.Connect, 200,   "Content-Length: 5",          BodyKind.None },
        { "2. CONNECT refused",   HttpMethod.Connect, 407,   "Content-Length: 5",          BodyKind.Fixed },
        { "4. chunked",           HttpMethod.Get,     200,   "Transfer-Encoding: chunked", BodyKind.Chunked },
        { "6. length",            HttpMethod.Get,     200,   "Content-Length: 5",          BodyKind.Fixed },
        { "8. neither",           HttpMethod.Get,     200,   "A: b",                       BodyKind.UntilEnd },
    };

    [Theory, MemberData(nameof(Responses))]
    public void A_response_says_how_long_its_content_is(string item, HttpMethod method, int status, string field, BodyKind expected)
    {
        var head = new ResponseHead();
        new ResponseHeadReader(HttpLimits.Default).Read(Bytes.Of($"HTTP/1.1 {status} x\r\n{field}\r\n\r\n"), head);
        Assert.Equal(HttpFault.None, BodyFraming.OfResponse(head.Fields, head.Version, head.Status, method, out BodyFraming framing));
        Assert.Equal((item, expected), (item, framing.Kind));
    }

    [Fact]
    public void A_response_with_both_lengths_is_refused_too()
    {
        var head = new ResponseHead();
        new ResponseHeadReader(HttpLimits.Default).Read("HTTP/1.1 200 \r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"u8, head);
        Assert.Equal(HttpFault.TwoBodyLengths, BodyFraming.OfResponse(head.Fields, head.Version, 200, HttpMethod.Get, out _));
    }
}
