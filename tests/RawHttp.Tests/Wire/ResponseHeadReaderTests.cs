using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Wire;

public class ResponseHeadReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81", "56 101 Switching Protocols 1 True")]
    [InlineData("HTTP/1.1 200 \r\n\r\n", "17 200  0 True")]
    [InlineData("HTTP/1.0 299 \xE9 b\r\n\r\n", "20 299 \xE9 b 0 False")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "38 200 OK 1 False")]
    [InlineData("HTTP/1.1 200 OK\r\n", "NeedMore")]
    public void Valid_heads_are_read(string raw, string expected) => Assert.Equal(expected, OutcomeOf(raw));

    public static TheoryData<string, string, HttpFault> BrokenHeads => new()
    {
        // clause                     head                                   named as
        { "9112 §4 no space",         "HTTP/1.1 200\r\n\r\n",                HttpFault.BadStatusLine },
        { "9112 §4 two digits",       "HTTP/1.1 20 OK\r\n\r\n",              HttpFault.BadStatusLine },
        { "9112 §4 sign",             "HTTP/1.1 +20 OK\r\n\r\n",             HttpFault.BadStatusLine },
        { "9110 §15 class 6",         "HTTP/1.1 600 OK\r\n\r\n",             HttpFault.BadStatusLine },
        { "9112 §4 two spaces",       "HTTP/1.1  200 OK\r\n\r\n",            HttpFault.BadStatusLine },
        { "9112 §4 NUL in reason",    "HTTP/1.1 200 O\0\r\n\r\n",            HttpFault.BadStatusLine },
        { "9112 §4 endless",          "HTTP/1.1 200 " + new string('a', 8200), HttpFault.BadStatusLine },
        { "9112 §4 empty line",       "\r\nHTTP/1.1 200 OK\r\n\r\n",         HttpFault.BadStatusLine },
        { "9112 §2.3 other protocol", "ICY/1.1 200 OK ok\r\n\r\n",           HttpFault.BadStatusLine },
        { "9112 §2.3 lower case",     "http/1.1 200 OK\r\n\r\n",             HttpFault.BadVersion },
        { "9112 §2.3 2.0",            "HTTP/2.0 200 OK\r\n\r\n",             HttpFault.UnsupportedVersion },
        { "9112 §2.2 LF",             "HTTP/1.1 200 OK\n\n",                 HttpFault.BareLineFeed },
        { "9112 §5.2 folded",         "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", HttpFault.FoldedField },
        { "9112 §5.1 space",          "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",    HttpFault.SpaceBeforeColon },
        { "6585 §5 too large",        "HTTP/1.1 200 OK\r\nA: " + new string('b', 33 << 10), HttpFault.FieldsTooLarge },
    };

    [Theory, MemberData(nameof(BrokenHeads))]
    public void A_broken_head_names_the_rule(string clause, string raw, HttpFault expected) => Assert.Equal((clause, expected.ToString()), (clause, OutcomeOf(raw)));

    static string OutcomeOf(string raw) => AllSplits.Outcome(Bytes.Of(raw), () =>
    {
        var reader = new ResponseHeadReader(HttpLimits.Default);
        var head = new ResponseHead();
        string outcome = "NeedMore";
        return (Turn, () => outcome);

        int Turn(ReadOnlySpan<byte> unread, bool isEnd)
        {
            if (outcome != "NeedMore") return 0;
            ReadResult result = reader.Read(unread, head);
            if (result.Status == ReadStatus.Done) outcome = $"{result.Consumed} {head.Status} {Bytes.Text(head.Reason)} {head.Fields.Count} {head.KeepsAlive}";
            if (result.Status == ReadStatus.Invalid) outcome = result.Fault.ToString();
            return result.Consumed;
        }
    });
}
