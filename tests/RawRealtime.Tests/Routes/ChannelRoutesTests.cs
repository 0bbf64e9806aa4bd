namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, Channels.</summary>
public sealed class ChannelRoutesTests : IDisposable
{
    readonly ServerRig rig = new(new() { AllowedOrigins = ["https://friend.example"] });

    public void Dispose() => rig.Dispose();

    static string Json(string content) => ServerRig.Json("200 OK", content).Replace("Cache", "Vary: Origin\r\nCache", StringComparison.Ordinal);

    [Fact]
    public void All_are_listed_by_name_with_their_subscribers()
    {
        Assert.Equal(Json("""{"channels":[]}"""), rig.Get("/channels"));
        rig.Publish("channel=b", "1234");
        rig.Connect().Open("/ws?channel=b");
        rig.Connect().Get("/events?channel=b&channel=a");
        rig.Connect().Get("/poll?channel=b");
        rig.Connect().Get("/poll?channel=b");
        Assert.Equal(Json(
            """{"channels":[{"channel":"a","subscribers":{"ws":0,"events":1,"poll":0},"kept":0,"bytes":0,"cursor":"epoch002-0"},"""
            + """{"channel":"b","subscribers":{"ws":1,"events":1,"poll":2},"kept":1,"bytes":4,"cursor":"epoch001-1"}]}"""), rig.Get("/channels"));
    }

    [Fact]
    public void One_is_described_by_its_name()
    {
        rig.Publish("channel=a:1", "1234");
        Assert.Equal(Json("""{"channel":"a:1","subscribers":{"ws":0,"events":0,"poll":0},"kept":1,"bytes":4,"cursor":"epoch001-1"}"""), rig.Get("/channels/a:1"));
        Assert.StartsWith("HTTP/1.1 200 ", rig.Get("/channels/a%3A1"));
    }

    [Theory]
    [InlineData("GET", "/channels/none", "404 no-such-channel")]
    [InlineData("GET", "/channels/a%20b", "400 bad-channel")]
    [InlineData("GET", "/channels/", "404 not-found")]
    [InlineData("GET", "/channels/a/b", "404 not-found")]
    [InlineData("GET", "/channels/none/subscribers", "404 no-such-channel")]
    [InlineData("GET", "/channels/a%20b/subscribers", "400 bad-channel")]
    [InlineData("GET", "/channels/a*/subscribers", "400 bad-channel")]
    [InlineData("GET", "/channels//subscribers", "404 not-found")]
    [InlineData("DELETE", "/channels/a/subscribers", "405 method-not-allowed")]
    [InlineData("DELETE", "/channels/none", "404 no-such-channel")]
    [InlineData("DELETE", "/channels/a%20b", "400 bad-channel")]
    [InlineData("DELETE", "/channels", "405 method-not-allowed")]
    [InlineData("POST", "/channels/a", "405 method-not-allowed")]
    public void What_is_not_there_is_told(string method, string target, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(rig.Answer(ServerRig.Request(method, target))));

    [Fact]
    public void A_deleted_one_is_gone_and_its_next_life_has_another_epoch()
    {
        rig.Publish("channel=a", "one");
        Assert.Equal($"HTTP/1.1 204 No Content\r\n{ServerRig.Date}Vary: Origin\r\n\r\n", rig.Answer(ServerRig.Request("DELETE", "/channels/a")));
        Assert.Equal("404 no-such-channel", ServerRig.Outcome(rig.Get("/channels/a")));
        Assert.Equal("404 no-such-channel", ServerRig.Outcome(rig.Answer(ServerRig.Request("DELETE", "/channels/a"))));
        Assert.Contains("\"id\":\"epoch002-1\"", rig.Publish("channel=a", "two"));
        Assert.Contains("\"recovered\":false,\"reason\":\"epoch-changed\"", rig.Get("/poll?channel=a&cursor=epoch001-1"));
    }

    [Fact]
    public void Who_subscribed_is_listed_in_their_order_and_by_which_pattern()
    {
        rig.Connect().Get("/events?channel=ab");
        rig.Connect().Open("/ws?channel=a*");
        rig.Connect().OpenV1("/ws?channel=ab");
        rig.Connect().Open("/ws?channel=b*");
        string content = System.Text.RegularExpressions.Regex.Replace(ServerRig.ContentOf(rig.Get("/channels/ab/subscribers")), "\"number\":[0-9]+", "\"number\":0");
        string One(string transport, string rest) => $$"""{"number":0,"transport":"{{transport}}","since":"{{ServerRig.Time0}}","address":"127.0.0.1:40000"{{rest}}}""";
        Assert.Equal($$"""{"channel":"ab","subscribers":[{{One("events", "")}},{{One("ws", ",\"by\":\"a*\"")}},{{One("ws", "")}}]}""", content);
    }

    [Theory]
    [InlineData("https://evil.example", "403 origin-refused")]
    [InlineData("null", "403 origin-refused")]
    [InlineData("http://localhost", "204")]
    [InlineData("https://friend.example", "204")]
    public void A_page_of_a_foreign_origin_may_not_delete(string origin, string expected)
    {
        rig.Publish("channel=a", "one");
        Assert.Equal(expected, ServerRig.Outcome(rig.Answer(ServerRig.Request("DELETE", "/channels/a", $"Origin: {origin}\r\n"))));
    }
}
