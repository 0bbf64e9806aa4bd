using System.Text;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Server;

namespace RawRealtime.Tests.Access;

public sealed class TokenMakerTests
{
    static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddSeconds(1000);

    static string Payload(TokenClaims claims)
    {
        string token = TokenMaker.Make(claims, Now, TokenKeys.SecretKey(Tokens.Secret, "here"));
        Assert.Equal(ServerFault.None, new TokenChecker(Tokens.BySecret).Check(token, Now, out _));
        TokenText.Read(token, out TokenText read);
        return Encoding.UTF8.GetString(read.Payload);
    }

    [Fact]
    public void What_is_empty_is_left_out() => Assert.Equal("""{"iat":1000,"rawrealtime":{}}""", Payload(new()));

    [Fact]
    public void All_that_is_claimed_is_in_it()
    {
        Assert.True(ChannelPattern.TryParse("news.*", out ChannelPattern news));
        TokenClaims claims = new() { Subject = "alice", Issuer = "me", Audiences = ["here"], NotBefore = Now, ExpiresAt = Now.AddSeconds(9), Publish = [news], Subscribe = [news], Delete = [news] };
        Assert.Equal(
            """{"sub":"alice","iss":"me","aud":"here","iat":1000,"nbf":1000,"exp":1009,"rawrealtime":{"publish":["news.*"],"subscribe":["news.*"],"delete":["news.*"]}}""",
            Payload(claims));
    }
}
