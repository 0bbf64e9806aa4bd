using RawRealtime.Access;
using RawRealtime.Server;

namespace RawRealtime.Tests.Access;

/// <summary>docs/tokens.md: the keys. RFC 7518 §3.2. Which key may be meant has its rows in <see cref="TokenCheckerTests"/>.</summary>
public sealed class TokenKeysTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("thirty-one bytes are too few...", 31)]
    public void A_short_secret_is_refused_and_not_repeated(string secret, int bytes)
    {
        string message = Assert.Throws<TokenKeyException>(() => new TokenKeys().AddSecret(secret, "--token-key")).Message;
        Assert.Equal($"--token-key has {bytes} bytes, and a secret for HS256 has at least 32: make one with rawrealtime token key.", message);
    }

    [Fact]
    public void Bytes_are_counted_and_not_characters() => new TokenKeys().AddSecret(new string('ü', 16), "--token-key");

    [Fact]
    public void A_secret_and_a_set_may_stand_side_by_side_each_for_its_own_algorithms()
    {
        using JwkFile file = new(Tokens.RsaJwk());
        TokenKeys keys = new TokenKeys().AddSecret(Tokens.Secret, "here").AddSet(file.Path);
        foreach (string token in new[] { Tokens.Hs256("{}"), Tokens.Rs256("{}") })
        {
            TokenText.Read(token, out TokenText read);
            Assert.Equal(ServerFault.None, keys.Check(read));
        }
        TokenText.Read(Tokens.Hs256("{}", secret: Tokens.RsaJwk()), out TokenText forged);
        Assert.Equal(ServerFault.TokenSignature, keys.Check(forged));
    }
}
