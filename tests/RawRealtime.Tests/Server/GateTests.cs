namespace RawRealtime.Tests.Server;

/// <summary>docs/contract.md, Defaults: the Host of every request. RFC 9110 §15.5.20.</summary>
public sealed class GateTests
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("HEAD", "/events")]
    [InlineData("GET", "/poll")]
    [InlineData("GET", "/events")]
    [InlineData("GET", "/ws")]
    [InlineData("POST", "/publish")]
    [InlineData("DELETE", "/channels/a")]
    [InlineData("OPTIONS", "/publish")]
    [InlineData("GET", "/none")]
    public void A_foreign_host_is_refused_on_every_route_and_the_cure_is_told(string method, string target)
    {
        using ServerRig rig = new(new() { AllowedOrigins = ["*"] });
        string answer = rig.Answer($"{method} {target} HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 421 Misdirected Request\r\n", answer);
        Assert.DoesNotContain("Access-Control", answer);
        if (method == "HEAD") return;
        Assert.Equal("421 unknown-host", ServerRig.Outcome(answer));
        Assert.Contains("--allow-host", answer);
    }

    [Theory]
    [InlineData("friend.example", "friend.example", "200")]
    [InlineData("friend.example", "friend.example:5000", "200")]
    [InlineData("friend.example", "evil.example", "421 unknown-host")]
    [InlineData("*", "evil.example", "200")]
    public void Allow_host_adds_names(string allowed, string host, string expected)
    {
        using ServerRig rig = new(new() { AllowedHosts = [allowed] });
        Assert.Equal(expected, ServerRig.Outcome(rig.Answer($"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n")));
    }

    [Fact]
    public void HTTP_1_0_may_have_no_host()
    {
        using ServerRig rig = new();
        Assert.Equal("200", ServerRig.Outcome(rig.Answer("GET /healthz HTTP/1.0\r\n\r\n")));
    }
}
