using RawHub;

namespace RawRealtime.Tests.Access;

/// <summary>docs/tokens.md: which routes ask for a token, what it lets do on each, and what a cookie may do.</summary>
public sealed class GrantsTests
{
    static ServerRig Asking(params string[] origins) => new(new() { Tokens = Tokens.BySecret, AllowedOrigins = origins });

    [Theory]
    [InlineData("GET", "/events")]
    [InlineData("HEAD", "/events")]
    [InlineData("GET", "/poll")]
    [InlineData("GET", "/poll?data=x")]
    [InlineData("GET", "/poll?channel=")]
    [InlineData("POST", "/publish")]
    [InlineData("GET", "/channels")]
    [InlineData("GET", "/channels/a")]
    [InlineData("GET", "/channels/a%20b")]
    [InlineData("DELETE", "/channels/a")]
    public void A_token_is_asked_for_before_anything_else_is_judged(string method, string target)
    {
        using ServerRig rig = Asking();
        string answer = rig.Answer(ServerRig.Request(method, target, method == "POST" ? "Content-Length: 0\r\n" : ""));
        Assert.StartsWith("HTTP/1.1 401 Unauthorized\r\n", answer);
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"rawrealtime\"\r\n", answer);
        if (method != "HEAD") Assert.Equal("401 token-missing", ServerRig.Outcome(answer));
    }

    [Fact]
    public void An_opening_is_judged_as_one_first()
    {
        using ServerRig rig = Asking();
        Assert.Equal("426 upgrade-required", ServerRig.Outcome(rig.Get("/ws")));
        Assert.Equal("401 token-missing", ServerRig.Outcome(rig.Get("/ws", RigPeer.Opening)));
    }

    [Theory]
    [InlineData("/", "200")]
    [InlineData("/lab/main.js", "200")]
    [InlineData("/healthz", "200")]
    [InlineData("/readyz", "200")]
    [InlineData("/none", "404 not-found")]
    public void What_tells_nothing_of_channels_stays_open(string target, string expected)
    {
        using ServerRig rig = Asking();
        Assert.Equal(expected, ServerRig.Outcome(rig.Get(target)));
        Assert.Equal("101", ServerRig.Outcome(rig.Get("/echo", RigPeer.Opening)));
    }

    public static TheoryData<string, string, string, string> Rights => new()
    {
        // method   target                            token                                      outcome
        { "POST",   "/publish?channel=news.a",        Tokens.That(publish: "\"news.*\""),        "202" },
        { "POST",   "/publish?channel=news.a",        Tokens.That(publish: "\"x\",\"news.a\""),  "202" },
        { "POST",   "/publish",                       Tokens.That(publish: "\"default\""),       "202" },
        { "POST",   "/publish",                       Tokens.That(publish: "\"news.*\""),        "403 may-not-publish" },
        { "POST",   "/publish?channel=sport",         Tokens.That(publish: "\"news.*\""),        "403 may-not-publish" },
        { "POST",   "/publish?channel=news.a",        Tokens.That("", "\"*\"", "\"*\""),         "403 may-not-publish" },
        { "GET",    "/poll?wait=0&channel=news.a",    Tokens.That(subscribe: "\"news.*\""),      "204" },
        { "GET",    "/poll?wait=0&channel=a&channel=b", Tokens.That(subscribe: "\"a\",\"b\""),   "204" },
        { "GET",    "/poll?wait=0&channel=a&channel=b", Tokens.That(subscribe: "\"a\""),         "403 may-not-subscribe" },
        { "GET",    "/poll?wait=0",                   Tokens.That(subscribe: "\"news.*\""),      "403 may-not-subscribe" },
        { "GET",    "/events?channel=sport",          Tokens.That(subscribe: "\"news.*\""),      "403 may-not-subscribe" },
        { "GET",    "/events?channel=presence:a",     Tokens.That(subscribe: "\"*\""),           "403 may-not-subscribe" },
        { "GET",    "/channels/kept",                 Tokens.That(subscribe: "\"kept\""),        "200" },
        { "GET",    "/channels/kept",                 Tokens.That("\"*\"", "", "\"*\""),         "403 may-not-subscribe" },
        { "GET",    "/channels/none",                 Tokens.That("\"*\"", "", "\"*\""),         "403 may-not-subscribe" },
        { "DELETE", "/channels/kept",                 Tokens.That(delete: "\"k*\""),             "204" },
        { "DELETE", "/channels/kept",                 Tokens.That("\"*\"", "\"*\""),             "403 may-not-delete" },
        { "DELETE", "/channels/none",                 Tokens.That("\"*\"", "\"*\""),             "403 may-not-delete" },
    };

    [Theory]
    [MemberData(nameof(Rights))]
    public void A_token_lets_do_what_it_says_and_no_more(string method, string target, string token, string expected)
    {
        using ServerRig rig = Asking();
        rig.Publish("channel=kept", "m", Tokens.Bearer(Tokens.Until(100)));
        string answer = rig.Answer(ServerRig.Request(method, target, Tokens.Bearer(token) + (method == "POST" ? "Content-Length: 0\r\n" : "")));
        Assert.Equal(expected, ServerRig.Outcome(answer));
        if (expected.StartsWith("403", StringComparison.Ordinal)) Assert.Contains("error=\"insufficient_scope\"", answer);
    }

    [Fact]
    public void A_WebSocket_is_opened_for_channels_that_may_be_subscribed_to()
    {
        using ServerRig rig = Asking();
        string fields = RigPeer.Opening + Tokens.Bearer(Tokens.That(subscribe: "\"a\""));
        Assert.Equal("101", ServerRig.Outcome(rig.Get("/ws?channel=a", fields)));
        Assert.Equal("403 may-not-subscribe", ServerRig.Outcome(rig.Get("/ws?channel=b", fields)));
        Assert.Equal("403 may-not-subscribe", ServerRig.Outcome(rig.Get("/ws?channel=a&channel=b", fields)));
    }

    [Fact]
    public void A_list_holds_what_may_be_subscribed_to()
    {
        using ServerRig rig = Asking();
        foreach (string channel in new[] { "news.a", "news.b", "sport" }) rig.Publish($"channel={channel}", "m", Tokens.Bearer(Tokens.Until(100)));
        string list = rig.Get("/channels", Tokens.Bearer(Tokens.That(subscribe: "\"news.*\"")));
        Assert.Contains("\"channel\":\"news.a\"", list);
        Assert.Contains("\"channel\":\"news.b\"", list);
        Assert.DoesNotContain("sport", list);
        Assert.Contains("{\"channels\":[]}", rig.Get("/channels", Tokens.Bearer(Tokens.That("\"*\""))));
    }

    public static TheoryData<string, string> Pages => new()
    {
        // fields                                                      outcome of a GET with a cookie
        { "",                                                          "204" },
        { "Origin: http://localhost\r\n",                              "204" },
        { "Origin: https://friend.example\r\n",                        "204" },
        { "Sec-Fetch-Site: same-origin\r\n",                           "204" },
        { "Sec-Fetch-Site: none\r\n",                                  "204" },
        { "Origin: https://friend.example\r\nSec-Fetch-Site: cross-site\r\n", "204" },
        { "Origin: https://evil.example\r\n",                          "403 origin-refused" },
        { "Origin: null\r\n",                                          "403 origin-refused" },
        { "Sec-Fetch-Site: cross-site\r\n",                            "403 origin-refused" },
        { "Sec-Fetch-Site: same-site\r\n",                             "403 origin-refused" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_cookie_counts_for_pages_of_named_origins_alone(string fields, string expected)
    {
        using ServerRig rig = Asking("*", "https://friend.example");
        string cookie = $"Cookie: rawrealtime_token={Tokens.Until(100)}\r\n";
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/poll?wait=0", fields + cookie)));
        Assert.Equal(expected.Replace("204", "200", StringComparison.Ordinal), ServerRig.Outcome(rig.Get("/events", fields + cookie)));
        Assert.Equal(expected.Replace("204", "101", StringComparison.Ordinal), ServerRig.Outcome(rig.Get("/ws", RigPeer.Opening + fields + cookie)));
        Assert.Equal("204", ServerRig.Outcome(rig.Get("/poll?wait=0", fields + Tokens.Bearer(Tokens.Until(100))))); // a page that has the token was given it
    }

    [Fact]
    public void Without_a_key_a_token_is_not_looked_at()
    {
        using ServerRig rig = new();
        Assert.Equal("204", ServerRig.Outcome(rig.Get("/poll?wait=0&token=nonsense", Tokens.Bearer("other"))));
        Assert.Equal("200", ServerRig.Outcome(rig.Get($"/events?channel={ChannelPattern.PresencePrefix}a")));
    }
}
