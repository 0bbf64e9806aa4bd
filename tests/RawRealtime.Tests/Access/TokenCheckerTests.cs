using System.Security.Cryptography;
using RawRealtime.Access;

namespace RawRealtime.Tests.Access;

/// <summary>docs/tokens.md: each rule of a token, through the whole server. RFC 7515 §5.2, RFC 7519 §7.2, RFC 8725.</summary>
public sealed class TokenCheckerTests
{
    static readonly string Good = Tokens.Hs256(Tokens.Everything);

    public static TheoryData<string, string, string> BySecret => new()
    {
        // rule                                 token                                                                          outcome
        { "good",                               Good,                                                                          "204" },
        { "good, expires later",                Tokens.Until(10),                                                              "204" },
        { "good, expires with a fraction",      Claims($"\"exp\":{Tokens.At(10)}.5"),                                          "204" },
        { "good, expired within the skew",      Tokens.Until(-4),                                                              "204" },
        { "good, begins within the skew",       Claims($"\"nbf\":{Tokens.At(4)}"),                                             "204" },
        { "good, a kid that a secret has not",  Tokens.Hs256(Tokens.Everything, """{"alg":"HS256","kid":"any"}"""),            "204" },
        { "good, claims of others",             Claims("\"scope\":[1],\"iss\":\"x\",\"aud\":[\"y\",\"z\"]"),                   "204" },
        { "expired",                            Tokens.Until(-5),                                                              "401 token-expired" },
        { "not yet",                            Claims($"\"nbf\":{Tokens.At(6)}"),                                             "401 token-not-yet" },
        { "payload changed",                    Changed(Good, 1),                                                              "401 token-signature" },
        { "header changed",                     Resigned("""{"alg":"HS256","typ":"JWT","a":1}"""),                             "401 token-signature" },
        { "signature changed",                  Changed(Good, 2),                                                              "401 token-signature" },
        { "signature cut",                      Good[..^4],                                                                    "401 token-signature" },
        { "signature empty",                    Good[..(Good.LastIndexOf('.') + 1)],                                           "401 token-signature" },
        { "another secret",                     Tokens.Hs256(Tokens.Everything, secret: new string('x', 32)),                  "401 token-signature" },
        { "alg none, no signature",             Unsigned("""{"alg":"none"}"""),                                                "401 token-algorithm" },
        { "alg NONE",                           Unsigned("""{"alg":"NONE"}"""),                                                "401 token-algorithm" },
        { "alg in other case",                  Tokens.Hs256(Tokens.Everything, """{"alg":"hs256"}"""),                        "401 token-algorithm" },
        { "alg HS512",                          Tokens.Hs256(Tokens.Everything, """{"alg":"HS512"}"""),                        "401 token-algorithm" },
        { "alg RS256 where only a secret is",   Tokens.Rs256(Tokens.Everything),                                               "401 token-algorithm" },
        { "alg missing",                        Tokens.Hs256(Tokens.Everything, """{"typ":"JWT"}"""),                          "401 token-malformed" },
        { "alg empty",                          Tokens.Hs256(Tokens.Everything, """{"alg":""}"""),                             "401 token-malformed" },
        { "alg a number",                       Tokens.Hs256(Tokens.Everything, """{"alg":256}"""),                            "401 token-malformed" },
        { "alg twice",                          Tokens.Hs256(Tokens.Everything, """{"alg":"HS256","alg":"HS256"}"""),          "401 token-malformed" },
        { "kid a number",                       Tokens.Hs256(Tokens.Everything, """{"alg":"HS256","kid":1}"""),                "401 token-malformed" },
        { "crit",                               Tokens.Hs256(Tokens.Everything, """{"alg":"HS256","crit":["b64"],"b64":true}"""), "401 token-malformed" },
        { "header no object",                   Tokens.Hs256(Tokens.Everything, "[]"),                                         "401 token-malformed" },
        { "header no JSON",                     Tokens.Hs256(Tokens.Everything, "HS256"),                                      "401 token-malformed" },
        { "empty",                              "",                                                                            "401 token-malformed" },
        { "two parts",                          Good[..Good.LastIndexOf('.')],                                                 "401 token-malformed" },
        { "five parts, encrypted",              Good + ".AAAA.AAAA",                                                           "401 token-malformed" },
        { "padding",                            Good + "=",                                                                    "401 token-malformed" },
        { "base64 with plus",                   "+" + Good,                                                                    "401 token-malformed" },
        { "a white space in it",                Good.Insert(9, " "),                                                           "401 token-malformed" },
        { "over-long",                          Good + new string('A', TokenText.MaxLength),                                   "401 token-too-long" },
        { "our claim missing",                  Tokens.Hs256("""{"sub":"alice"}"""),                                           "401 token-claims" },
        { "our claim a text",                   Tokens.Hs256("""{"rawrealtime":"*"}"""),                                       "401 token-claims" },
        { "our claim null",                     Tokens.Hs256("""{"rawrealtime":null}"""),                                      "401 token-claims" },
        { "publish a text",                     Tokens.Hs256("""{"rawrealtime":{"publish":"*"}}"""),                           "401 token-claims" },
        { "publish holds a number",             Tokens.Hs256("""{"rawrealtime":{"publish":[1]}}"""),                           "401 token-claims" },
        { "publish holds no pattern",           Tokens.Hs256("""{"rawrealtime":{"publish":["*.news"]}}"""),                    "401 token-claims" },
        { "publish twice",                      Tokens.Hs256("""{"rawrealtime":{"publish":[],"publish":["*"]}}"""),            "401 token-claims" },
        { "exp a text",                         Claims($"\"exp\":\"{Tokens.At(10)}\""),                                        "401 token-claims" },
        { "exp in milliseconds",                Claims($"\"exp\":{Tokens.At(10)}000000"),                                      "401 token-claims" },
        { "exp negative",                       Claims("\"exp\":-1"),                                                          "401 token-claims" },
        { "exp null",                           Claims("\"exp\":null"),                                                        "401 token-claims" },
        { "exp endless",                        Claims("\"exp\":1e999"),                                                       "401 token-claims" },
        { "nbf a text",                         Claims("\"nbf\":\"now\""),                                                     "401 token-claims" },
        { "sub a number",                       Claims("\"sub\":7"),                                                           "401 token-claims" },
        { "sub null",                           Claims("\"sub\":null"),                                                        "401 token-claims" },
        { "aud holds a number",                 Claims("\"aud\":[7]"),                                                         "401 token-claims" },
        { "payload no object",                  Tokens.Hs256("[]"),                                                            "401 token-claims" },
        { "payload no JSON",                    Tokens.Hs256("alice"),                                                         "401 token-claims" },
    };

    [Theory]
    [MemberData(nameof(BySecret))]
    public void A_server_with_a_secret_judges_by_these_rules(string rule, string token, string expected)
    {
        Assert.NotEmpty(rule);
        using ServerRig rig = new(Tokens.AskedFor);
        string answer = rig.Get("/poll?wait=0", Tokens.Bearer(token));
        Assert.Equal(expected, ServerRig.Outcome(answer));
        Assert.Equal(expected.StartsWith("401", StringComparison.Ordinal), answer.Contains("\r\nWWW-Authenticate: Bearer realm=\"rawrealtime\", error=\"invalid_token\"\r\n", StringComparison.Ordinal));
    }

    static readonly RSA OtherRsa = RSA.Create(2048);
    static readonly ECDsa OtherEc = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string, string, string> BySet => new()
    {
        { "RS256",                            Tokens.Rs256(Tokens.Everything),                                          "204" },
        { "RS256 with its kid",               Tokens.Rs256(Tokens.Everything, """{"alg":"RS256","kid":"r"}"""),         "204" },
        { "ES256",                            Tokens.Es256(Tokens.Everything),                                          "204" },
        { "ES256 with its kid",               Tokens.Es256(Tokens.Everything, """{"alg":"ES256","kid":"e"}"""),         "204" },
        { "kid of nobody",                    Tokens.Rs256(Tokens.Everything, """{"alg":"RS256","kid":"x"}"""),         "401 token-key" },
        { "kid of the other kind",            Tokens.Rs256(Tokens.Everything, """{"alg":"RS256","kid":"e"}"""),         "401 token-key" },
        { "kid in other case",                Tokens.Rs256(Tokens.Everything, """{"alg":"RS256","kid":"R"}"""),         "401 token-key" },
        { "kid empty",                        Tokens.Rs256(Tokens.Everything, """{"alg":"RS256","kid":""}"""),          "401 token-key" },
        { "another RSA key",                  Tokens.Rs256(Tokens.Everything, key: OtherRsa),                           "401 token-signature" },
        { "another EC key",                   Tokens.Es256(Tokens.Everything, key: OtherEc),                            "401 token-signature" },
        { "ES256 with an RSA signature",      Tokens.Rs256(Tokens.Everything, """{"alg":"ES256"}"""),                   "401 token-signature" },
        { "RS256 with an EC signature",       Tokens.Es256(Tokens.Everything, """{"alg":"RS256"}"""),                   "401 token-signature" },
        { "HS256 with the key's PEM",         Tokens.Hs256(Tokens.Everything, secret: Tokens.Rsa.ExportSubjectPublicKeyInfoPem()), "401 token-algorithm" },
        { "HS256 with the key's JWK",         Tokens.Hs256(Tokens.Everything, secret: Tokens.RsaJwk()),                 "401 token-algorithm" },
        { "HS256 with the kid of the RSA key", Tokens.Hs256(Tokens.Everything, """{"alg":"HS256","kid":"r"}""", Tokens.RsaJwk()), "401 token-algorithm" },
        { "none",                             Unsigned("""{"alg":"none","kid":"r"}"""),                                 "401 token-algorithm" },
        { "PS256",                            Tokens.Rs256(Tokens.Everything, """{"alg":"PS256"}"""),                   "401 token-algorithm" },
        { "its own key beside it",            Tokens.Rs256(Tokens.Everything, $$"""{"alg":"RS256","jwk":{{Tokens.RsaJwk(key: OtherRsa)}}}""", OtherRsa), "401 token-signature" },
    };

    [Theory]
    [MemberData(nameof(BySet))]
    public void A_server_with_a_set_judges_by_these_rules(string rule, string token, string expected)
    {
        Assert.NotEmpty(rule);
        using JwkFile file = new(Tokens.RsaJwk(",\"kid\":\"r\""), Tokens.EcJwk(",\"kid\":\"e\""));
        using ServerRig rig = new(new() { Tokens = new(new TokenKeys().AddSet(file.Path)) });
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/poll?wait=0", Tokens.Bearer(token))));
    }

    [Theory]
    [InlineData("\"iss\":\"me\",\"aud\":\"here\"", "204")]
    [InlineData("\"iss\":\"me\",\"aud\":[\"there\",\"here\"]", "204")]
    [InlineData("\"iss\":\"you\",\"aud\":\"here\"", "401 token-issuer")]
    [InlineData("\"iss\":\"ME\",\"aud\":\"here\"", "401 token-issuer")]
    [InlineData("\"aud\":\"here\"", "401 token-issuer")]
    [InlineData("\"iss\":\"me\",\"aud\":\"there\"", "401 token-audience")]
    [InlineData("\"iss\":\"me\",\"aud\":[]", "401 token-audience")]
    [InlineData("\"iss\":\"me\"", "401 token-audience")]
    public void Issuer_and_audience_are_judged_where_they_are_named(string claims, string expected)
    {
        using ServerRig rig = new(new() { Tokens = Tokens.BySecret with { Issuer = "me", Audience = "here" } });
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/poll?wait=0", Tokens.Bearer(Claims(claims)))));
    }

    static string Claims(string more) => Tokens.Hs256($$"""{{{more}},"rawrealtime":{"subscribe":["*"]} }""");

    static string Unsigned(string header) => $"{Tokens.Part(header)}.{Tokens.Part(Tokens.Everything)}.";

    static string Resigned(string header) => $"{Tokens.Part(header)}{Good[Good.IndexOf('.', StringComparison.Ordinal)..]}";

    // Another letter in the middle of a part.
    static string Changed(string token, int part)
    {
        string[] parts = token.Split('.');
        int middle = parts[part].Length / 2;
        parts[part] = parts[part][..middle] + (parts[part][middle] == 'A' ? 'B' : 'A') + parts[part][(middle + 1)..];
        return string.Join('.', parts);
    }
}
