using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class RequestHeadTests
{
    public static TheoryData<string, string, bool> Persistence => new()
    {
        // 9112 §9.3             head                                                          keeps alive
        { "close wins",          Requests.With("Connection: close, keep-alive"),               false },
        { "close, any case",     Requests.With("Connection: upgrade, CLOSE"),                  false },
        { "1.1 by itself",       Requests.With("A: b"),                                        true },
        { "a word like close",   Requests.With("Connection: closed"),                          true },
        { "1.0 by itself",       "GET / HTTP/1.0\r\n\r\n",                                     false },
        { "1.0, asked for",      "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",           true },
    };

    [Theory, MemberData(nameof(Persistence))]
    public void Persistence_follows_the_list(string item, string raw, bool expected) => Assert.Equal((item, expected), (item, Requests.Read(raw).KeepsAlive));

    public static TheoryData<string, string, bool> Expectations => new()
    {
        // 9110 §10.1.1         head                                                                                          waits
        { "with content",       "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n",             true },
        { "without content",    "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",             false },
        { "1.0 is ignored",     "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n",                        false },
        { "1.0, unknown too",   "POST / HTTP/1.0\r\nExpect: coffee\r\nContent-Length: 1\r\n\r\n",                              false },
    };

    [Theory, MemberData(nameof(Expectations))]
    public void Only_a_1_1_client_with_content_waits_for_100(string item, string raw, bool expected) =>
        Assert.Equal((item, expected), (item, Requests.Read(raw).ExpectsContinue));

    [Theory]
    [InlineData("Expect: coffee")]
    [InlineData("Expect: 100-continue, coffee")]
    public void Another_expectation_is_refused(string field) => Assert.Equal(HttpFault.UnknownExpectation, Requests.FaultOf(Requests.With(field)));

    public static TheoryData<string, string, bool> Upgrades => new()
    {
        // 9110 §7.8             head                                                                    wants it
        { "both fields",         Requests.With("Connection: keep-alive, Upgrade\r\nUpgrade: websocket"), true },
        { "no Connection",       Requests.With("Upgrade: websocket"),                                    false },
        { "no Upgrade",          Requests.With("Connection: upgrade"),                                   false },
        { "1.0",                 "GET / HTTP/1.0\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",   false },
    };

    [Theory, MemberData(nameof(Upgrades))]
    public void An_upgrade_needs_both_fields_and_1_1(string item, string raw, bool expected) => Assert.Equal((item, expected), (item, Requests.Read(raw).WantsUpgrade));

    [Fact]
    public void An_absolute_target_without_a_path_has_the_root_path() =>
        Assert.Equal("/", Bytes.Text(Requests.Read("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n").Path));

    [Fact]
    public void Nothing_of_the_last_request_is_left_in_the_next()
    {
        var reader = new RequestHeadReader(HttpLimits.Default);
        var head = new RequestHead();
        reader.Read("POST /first?q HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n\r\n"u8, head);
        reader.Read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"u8, head);
        Assert.Equal(("GET", "/", "", 1, BodyFraming.None, true),
            (Bytes.Text(head.MethodBytes), Bytes.Text(head.Path), Bytes.Text(head.Query), head.Fields.Count, head.Framing, head.KeepsAlive));
        Assert.True(head.Host.IsEmpty);
    }
}
