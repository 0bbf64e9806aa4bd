namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, WebSocket: the opening. RFC 6455 §4.2.</summary>
public sealed class SocketRoutesTests : IDisposable
{
    const string Version = "Sec-WebSocket-Version: 13\r\n", Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", Upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

    readonly ServerRig rig = new(new() { AllowedOrigins = ["https://friend.example"] });

    public void Dispose() => rig.Dispose();

    public static TheoryData<string, string, string> Openings => new()
    {
        // RFC 6455                     fields                                           outcome
        { "4.2.1 no Upgrade",           "",                                              "426 upgrade-required" },
        { "4.2.1 no Connection",        "Upgrade: websocket\r\n" + Version + Key,        "426 upgrade-required" },
        { "4.2.1 no key",               Upgrade + Version,                               "400 bad-websocket-key" },
        { "4.2.1 bad key",              Upgrade + Version + "Sec-WebSocket-Key: x\r\n",  "400 bad-websocket-key" },
        { "4.4 no version",             Upgrade + Key,                                   "426 unsupported-websocket-version" },
        { "4.4 version 8",              Upgrade + Key + "Sec-WebSocket-Version: 8\r\n",  "426 unsupported-websocket-version" },
        { "4.2.2 foreign origin",       Upgrade + Key + Version + "Origin: https://evil.example\r\n", "403 origin-refused" },
        { "4.2.2 no origin at all",     Upgrade + Key + Version + "Origin: null\r\n",    "403 origin-refused" },
        { "4.2.2 two origins",          Upgrade + Key + Version + "Origin: http://localhost\r\nOrigin: http://localhost\r\n", "403 origin-refused" },
        { "4.2.2 own origin",           Upgrade + Key + Version + "Origin: http://localhost\r\n", "101" },
        { "4.2.2 allowed origin",       Upgrade + Key + Version + "Origin: https://friend.example\r\n", "101" },
        { "4.2.2 no browser",           Upgrade + Key + Version,                         "101" },
        { "4.1 repeated subprotocol",   Upgrade + Key + Version + "Sec-WebSocket-Protocol: a, a\r\n", "400 bad-subprotocol" },
        { "4.2.2 unknown subprotocol",  Upgrade + Key + Version + "Sec-WebSocket-Protocol: other\r\n", "101" },
        { "9.1 broken extension offer", Upgrade + Key + Version + "Sec-WebSocket-Extensions: ;\r\n", "400 bad-extension-offer" },
        { "9.1 unmet extension offer",  Upgrade + Key + Version + "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8, x\r\n", "101" },
    };

    [Theory]
    [MemberData(nameof(Openings))]
    public void Both_routes_open_by_the_rules(string rule, string fields, string expected)
    {
        Assert.NotEmpty(rule);
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/ws", fields)));
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/echo", fields)));
    }

    [Fact]
    public void A_refusal_says_what_to_upgrade_to()
    {
        Assert.Contains("\r\nUpgrade: websocket\r\n", rig.Get("/ws"));
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", rig.Get("/ws", Upgrade + Key));
    }

    [Theory]
    [InlineData("channel=", "400 bad-channel")]
    [InlineData("channel=a&channel=a", "400 repeated-channel")]
    [InlineData("cursor=a&cursor=b", "400 repeated-cursor")]
    [InlineData("channel=%FF", "400 bad-query")]
    public void A_subscription_that_breaks_a_rule_is_refused_before_the_upgrade(string query, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/ws?" + query, Upgrade + Key + Version)));

    [Fact]
    public void An_unknown_subprotocol_is_not_chosen() =>
        Assert.DoesNotContain("Sec-WebSocket-Protocol", rig.Connect().Open("/ws", "Sec-WebSocket-Protocol: rawrealtime.v2\r\n"));

    [Theory]
    [InlineData("/ws")]
    [InlineData("/echo")]
    public void HEAD_opens_nothing(string target) => Assert.StartsWith("HTTP/1.1 400 ", rig.Answer(ServerRig.Request("HEAD", target, Upgrade + Key + Version)));

    [Fact]
    public void Frames_that_came_with_the_request_are_not_lost()
    {
        RigPeer peer = rig.Connect();
        string frame = "\u0081\u0080\0\0\0\0"; // an empty text, masked with zeros
        byte[] opening = [.. System.Text.Encoding.ASCII.GetBytes(ServerRig.Request("GET", "/echo", Upgrade + Key + Version)), .. frame.Select(c => (byte)c)];
        peer.Channel.Arrive(opening);
        peer.TakeHead();
        Assert.Equal(["text "], peer.Frames());
    }
}
