using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Server;

/// <summary>docs/contract.md, Errors, and what all JSON answers share.</summary>
public sealed class AnswersTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void A_refusal_is_a_problem_with_the_name_of_the_rule() => Assert.Equal(
        ServerRig.Answered("400 Bad Request", "", "application/problem+json",
            """{"type":"about:blank","title":"Bad Request","status":400,"detail":"A channel is 1 to 128 of the characters A-Z a-z 0-9 . _ : ~ - and, to subscribe to all that begin alike, a * at the end.","code":"bad-channel"}"""),
        rig.Get("/poll?channel="));

    [Fact]
    public void Broken_framing_is_answered_once_and_the_connection_closed()
    {
        string answer = rig.Answer("GET /healthz HTTP/1.1\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal("400 host-missing", ServerRig.Outcome(answer));
        Assert.Contains("\r\nConnection: close\r\n", answer);
        Assert.Equal(1, answer.Split("\r\nDate: ").Length - 1);
    }

    [Fact]
    public void Json_is_never_stored() => Assert.Equal(ServerRig.Json("200 OK", """{"channels":[]}"""), rig.Get("/channels"));

    [Fact] // RFC 6750 §3
    public void A_refusal_for_want_of_a_token_carries_a_challenge()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        string answer = asking.Get("/channels");
        Assert.StartsWith("HTTP/1.1 401 Unauthorized\r\n", answer);
        Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"rawrealtime\"\r\n", answer);
        Assert.Equal("401 token-missing", ServerRig.Outcome(answer));
        Assert.DoesNotContain("WWW-Authenticate", asking.Get("/none"));
    }
}
