using RawRealtime.Server;

namespace RawRealtime.Access;

/// <summary>Judges a token by all rules, in the order in which they can be told: form, key, signature, then claims. RFC 7519 §7.2.</summary>
/// <param name="rules">What it must be.</param>
internal sealed class TokenChecker(TokenRules rules)
{
    /// <summary>How far two clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>Judges one.</summary>
    /// <param name="text">The token.</param>
    /// <param name="now">The time.</param>
    /// <param name="claims">What it says; nothing when it is refused.</param>
    public ServerFault Check(string text, DateTimeOffset now, out TokenClaims claims)
    {
        claims = new();
        ServerFault fault = TokenText.Read(text, out TokenText token);
        if (fault == ServerFault.None) fault = rules.Keys.Check(token);
        if (fault == ServerFault.None) fault = TokenClaims.Read(token.Payload, out claims);
        return fault == ServerFault.None ? Check(claims, now) : fault;
    }

    ServerFault Check(TokenClaims claims, DateTimeOffset now)
    {
        if (claims.ExpiresAt is { } end && now >= end + Skew) return ServerFault.TokenExpired;
        if (claims.NotBefore is { } begin && now < begin - Skew) return ServerFault.TokenNotYet;
        if (rules.Issuer is not null && claims.Issuer != rules.Issuer) return ServerFault.TokenIssuer;
        return rules.Audience is null || claims.Audiences.Contains(rules.Audience) ? ServerFault.None : ServerFault.TokenAudience;
    }
}
