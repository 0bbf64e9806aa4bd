using RawRealtime.Server;

namespace RawRealtime.Tests.Access;

/// <summary>docs/tokens.md: the places where a token may stand. RFC 6750 §2.</summary>
public sealed class TokenSourceTests
{
    static readonly string Token = Tokens.Hs256(Tokens.Everything), Other = Tokens.Until(100);

    public static TheoryData<string, string, string> Places => new()
    {
        // query                              fields                                                                     outcome
        { "",                                 "",                                                                        "401 token-missing" },
        { "",                                 Tokens.Bearer(Token),                                                      "204" },
        { "",                                 $"authorization: bEARER   {Token}\r\n",                                    "204" },
        { $"&token={Token}",                  "",                                                                        "204" },
        { $"&%74oken={Token}",                "",                                                                        "204" },
        { "",                                 $"Cookie: a=1; rawrealtime_token={Token}\r\n",                             "204" },
        { $"&token={Token}",                  Tokens.Bearer(Token) + $"Cookie: rawrealtime_token={Token}\r\n",           "204" },
        { "",                                 $"Authorization: Basic YTpi\r\nCookie: rawrealtime_token={Token}\r\n",     "204" },
        { "",                                 "Authorization: Basic YTpi\r\n",                                           "401 token-missing" },
        { "",                                 $"Authorization: {Token}\r\n",                                             "401 token-missing" },
        { "",                                 $"X-Token: {Token}\r\n",                                                   "401 token-missing" },
        { $"&Token={Token}",                  "",                                                                        "401 token-missing" },
        { "",                                 $"Cookie: RAWREALTIME_TOKEN={Token}\r\n",                                  "401 token-missing" },
        { "",                                 "Authorization: Bearer\r\n",                                               "401 token-malformed" },
        { "&token=",                          "",                                                                        "401 token-malformed" },
        { "",                                 "Cookie: rawrealtime_token=\r\n",                                          "401 token-malformed" },
        { "",                                 $"Cookie: rawrealtime_token=\"{Token}\"\r\n",                              "401 token-malformed" },
        { $"&token={Token}&token={Other}",    "",                                                                        "400 tokens-differ" },
        { $"&token={Other}",                  Tokens.Bearer(Token),                                                      "400 tokens-differ" },
        { "&token=",                          Tokens.Bearer(Token),                                                      "400 tokens-differ" },
        { "",                                 Tokens.Bearer(Token) + Tokens.Bearer(Other),                               "400 tokens-differ" },
        { "",                                 Tokens.Bearer(Token) + $"Cookie: rawrealtime_token={Other}\r\n",           "400 tokens-differ" },
        { "",                                 $"Cookie: rawrealtime_token={Token}; rawrealtime_token={Other}\r\n",       "400 tokens-differ" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_token_is_found_where_it_may_stand(string query, string fields, string expected)
    {
        using ServerRig rig = new(Tokens.AskedFor);
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/poll?wait=0" + query, fields)));
    }

    [Fact]
    public void Who_brought_none_is_told_no_error_and_who_brought_two_is_told_that()
    {
        using ServerRig rig = new(Tokens.AskedFor);
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"rawrealtime\"\r\n", rig.Get("/poll"));
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"rawrealtime\", error=\"invalid_request\"\r\n", rig.Get($"/poll?token={Token}", Tokens.Bearer(Other)));
    }

    [Fact]
    public void A_WebSocket_may_offer_it_as_a_subprotocol_beside_ours_and_it_is_never_chosen()
    {
        using ServerRig rig = new(Tokens.AskedFor);
        foreach (string offer in new[] { $"rawrealtime.v1, rawrealtime.token.{Token}", $"rawrealtime.token.{Token}, rawrealtime.v1" })
        {
            string head = rig.Connect().Open("/ws", $"Sec-WebSocket-Protocol: {offer}\r\n");
            Assert.Contains("\r\nSec-WebSocket-Protocol: rawrealtime.v1\r\n", head);
            Assert.DoesNotContain("rawrealtime.token", head);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Alone_it_is_refused_also_where_none_is_asked_for(bool isAskedFor)
    {
        using ServerRig rig = new(isAskedFor ? Tokens.AskedFor : new ServerOptions());
        Assert.Equal("400 token-protocol-alone", ServerRig.Outcome(rig.Get("/ws", RigPeer.Opening + $"Sec-WebSocket-Protocol: rawrealtime.token.{Token}\r\n")));
        Assert.Equal("400 token-protocol-alone", ServerRig.Outcome(rig.Get("/ws", RigPeer.Opening + "Sec-WebSocket-Protocol: rawrealtime.token.\r\n")));
        Assert.Equal(isAskedFor ? "401 token-missing" : "101", ServerRig.Outcome(rig.Get("/ws", RigPeer.Opening + "Sec-WebSocket-Protocol: other\r\n")));
    }

    [Fact]
    public async Task No_token_reaches_the_log_or_an_answer()
    {
        string wrong = Token[..^3] + "AAA";
        using ServerRig rig = new(Tokens.AskedFor);
        string answers = rig.Get($"/poll?wait=0&token={Token}") + rig.Get($"/poll?token={wrong}") + rig.Get($"/none?token={Token}")
            + rig.Answer($"GET /poll?token={Token} HTTP/1.1\r\n\r\n") + rig.Answer($"GET /poll?token={Token} HTTP/9.9\r\nHost: a\r\n\r\n");
        foreach (string version in new[] { "HTTP/1.1", "HTTP/9.9", "" }) await rig.Connect().Send($"GET /poll?wait=0&token={Token} {version}\r\nHost: localhost\r\n\r\n").Ended();
        string secret = Token[..^3][^20..];
        Assert.DoesNotContain(secret, answers);
        Assert.NotEmpty(rig.Log.Lines);
        Assert.DoesNotContain(rig.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }
}
