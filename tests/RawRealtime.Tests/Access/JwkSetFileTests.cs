using System.Security.Cryptography;
using RawRealtime.Access;

namespace RawRealtime.Tests.Access;

/// <summary>RFC 7517 §4 and §5, RFC 7518 §3.3 and §6.</summary>
public sealed class JwkSetFileTests
{
    static readonly RSA Small = RSA.Create(1024);
    static readonly ECDsa P384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public static TheoryData<string, string> LeftAside => new()
    {
        { """{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""",      "its kty is neither RSA nor EC" },
        { """{"kty":"OKP","crv":"Ed25519","x":"AAAA"}""",                              "its kty is neither RSA nor EC" },
        { """{"kid":"a"}""",                                                          "its kty is neither RSA nor EC" },
        { Tokens.EcJwk(key: P384, curve: "P-384"),                                    "its curve is not P-256" },
        { Tokens.RsaJwk(key: Small),                                                  "it has fewer than 2048 bits" },
        { """{"kty":"RSA","e":"AQAB"}""",                                             "it has fewer than 2048 bits" },
        { Tokens.RsaJwk(",\"alg\":\"PS256\""),                                        "its alg is not RS256" },
        { Tokens.EcJwk(",\"alg\":\"RS256\""),                                         "its alg is not ES256" },
        { Tokens.RsaJwk(",\"use\":\"enc\""),                                          "its use is not sig" },
        { Tokens.RsaJwk(",\"key_ops\":[\"encrypt\"]"),                                "its key_ops have no verify" },
        { """{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""",                     "its numbers make no key" },
        { Tokens.RsaJwk().Replace(",\"e\":\"AQAB\"", "", StringComparison.Ordinal),      "its numbers make no key" },
        { """{"kty":"EC","crv":"P-256","x":"+","y":"+"}""",                           "its numbers make no key" },
        { """{"kty":"EC","crv":"P-256"}""",                                           "its numbers make no key" },
    };

    [Theory]
    [MemberData(nameof(LeftAside))]
    public void A_key_of_no_use_is_left_aside_and_the_others_serve(string jwk, string why)
    {
        using JwkFile file = new(jwk, Tokens.RsaJwk(",\"use\":\"sig\",\"alg\":\"RS256\",\"key_ops\":[\"verify\"]"));
        List<string> notices = [];
        Assert.Single(JwkSetFile.Read(file.Path, notices));
        Assert.Equal([$"key 1 is left aside: {why}"], notices);
    }

    [Theory]
    [MemberData(nameof(LeftAside))]
    public void A_set_without_a_key_of_use_is_refused_with_the_reason(string jwk, string why)
    {
        using JwkFile file = new(jwk);
        Assert.Equal($"{file.Path} has no key of use: key 1 is left aside: {why}.", Assert.Throws<TokenKeyException>(() => new TokenKeys().AddSet(file.Path)).Message);
    }

    [Theory]
    [InlineData("", "is no JWK set such as {\"keys\":[…]}.")]
    [InlineData("[]", "is no JWK set such as {\"keys\":[…]}.")]
    [InlineData("-----BEGIN PUBLIC KEY-----", "is no JWK set such as {\"keys\":[…]}.")]
    [InlineData("{}", "has no key of use: its list of keys is empty.")]
    [InlineData("{\"keys\":[]}", "has no key of use: its list of keys is empty.")]
    [InlineData("{\"keys\":[1]}", "has no key of use: its list of keys is empty.")]
    public void What_is_no_set_is_refused(string text, string why)
    {
        using JwkFile file = JwkFile.Holding(text);
        Assert.Equal($"{file.Path} {why}", Assert.Throws<TokenKeyException>(() => new TokenKeys().AddSet(file.Path)).Message);
    }

    [Fact]
    public void An_unreadable_file_says_so() =>
        Assert.StartsWith("cannot read the keys: ", Assert.Throws<TokenKeyException>(() => new TokenKeys().AddSet("/nowhere/keys.json")).Message);
}
