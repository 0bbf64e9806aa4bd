using RawRealtime.Access;
using RawRealtime.Server;

namespace RawRealtime.Tests.Access;

/// <summary>RFC 7515 §3.1. What is refused has its rows in <see cref="TokenCheckerTests"/>.</summary>
public sealed class TokenTextTests
{
    [Fact] // RFC 7515 §3.3, whose header has a line break in it
    public void The_example_of_the_standard_comes_apart()
    {
        const string Token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        Assert.Equal(ServerFault.None, TokenText.Read(Token, out TokenText token));
        Assert.Equal(("HS256", null), (token.Algorithm, token.KeyId));
        Assert.Equal(32, token.Signature.Length);
        Assert.Equal(Token[..Token.LastIndexOf('.')], System.Text.Encoding.ASCII.GetString(token.Signed));
        Assert.StartsWith("{\"iss\":\"joe\"", System.Text.Encoding.UTF8.GetString(token.Payload));
    }

    [Fact]
    public void The_longest_is_taken_and_one_character_more_is_not()
    {
        string header = Tokens.Part("""{"alg":"HS256"}""") + ".", end = ".AAAA";
        string longest = header + new string('A', (TokenText.MaxLength - header.Length - end.Length) / 4 * 4) + end;
        Assert.Equal(ServerFault.None, TokenText.Read(longest, out _));
        Assert.Equal(ServerFault.TokenTooLong, TokenText.Read(longest + new string('A', TokenText.MaxLength + 1 - longest.Length), out _));
    }
}
