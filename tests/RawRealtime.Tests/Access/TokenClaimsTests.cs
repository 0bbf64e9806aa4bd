using System.Text;
using RawRealtime.Access;
using RawRealtime.Server;

namespace RawRealtime.Tests.Access;

/// <summary>RFC 7519 §4.1. What is refused has its rows in <see cref="TokenCheckerTests"/>.</summary>
public sealed class TokenClaimsTests
{
    static TokenClaims Read(string json)
    {
        Assert.Equal(ServerFault.None, TokenClaims.Read(Encoding.UTF8.GetBytes(json), out TokenClaims claims));
        return claims;
    }

    [Fact]
    public void Every_claim_arrives()
    {
        TokenClaims claims = Read("""{"sub":"alice","iss":"me","aud":["a","b"],"exp":1.5,"nbf":1,"rawrealtime":{"publish":["x"],"subscribe":["*","y.*"],"delete":["z"],"more":1}}""");
        Assert.Equal(("alice", "me"), (claims.Subject, claims.Issuer));
        Assert.Equal(["a", "b"], claims.Audiences);
        Assert.Equal((DateTimeOffset.UnixEpoch.AddSeconds(1.5), DateTimeOffset.UnixEpoch.AddSeconds(1)), (claims.ExpiresAt, claims.NotBefore));
        Assert.Equal(["x"], claims.Publish.Select(pattern => pattern.Text));
        Assert.Equal(["*", "y.*"], claims.Subscribe.Select(pattern => pattern.Text));
        Assert.Equal(["z"], claims.Delete.Select(pattern => pattern.Text));
    }

    [Fact]
    public void What_is_left_out_is_nothing()
    {
        TokenClaims claims = Read("""{"rawrealtime":{}}""");
        Assert.Equal((null, null, null, null), (claims.Subject, claims.Issuer, claims.ExpiresAt, claims.NotBefore));
        Assert.Empty(claims.Audiences);
        Assert.Empty(claims.Publish.Concat(claims.Subscribe).Concat(claims.Delete));
    }

    [Theory]
    [InlineData("""{"sub":"\ud800","rawrealtime":{}}""")]
    [InlineData("""{"sub":"a","sub":"b","rawrealtime":{}}""")]
    [InlineData("""{"rawrealtime":{}} """ + "x")]
    [InlineData("")]
    public void What_is_no_good_JSON_is_refused(string json) =>
        Assert.Equal(ServerFault.TokenClaims, TokenClaims.Read(Encoding.UTF8.GetBytes(json), out _));
}
