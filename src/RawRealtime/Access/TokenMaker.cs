using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RawRealtime.Access;

/// <summary>Makes a token. RFC 7519 §7.1.</summary>
internal static class TokenMaker
{
    /// <summary>Signs what is claimed with a secret, by HS256.</summary>
    /// <param name="claims">What the token is to say; what is empty is left out.</param>
    /// <param name="issuedAt">Now.</param>
    /// <param name="key">The secret.</param>
    public static string Make(TokenClaims claims, DateTimeOffset issuedAt, SymmetricSecurityKey key) =>
        new JsonWebTokenHandler().CreateToken(PayloadOf(claims, issuedAt), new SigningCredentials(key, SecurityAlgorithms.HmacSha256));

    static string PayloadOf(TokenClaims claims, DateTimeOffset issuedAt)
    {
        ArrayBufferWriter<byte> payload = new(256);
        using (Utf8JsonWriter json = new(payload))
        {
            json.WriteStartObject();
            if (claims.Subject is not null) json.WriteString("sub"u8, claims.Subject);
            if (claims.Issuer is not null) json.WriteString("iss"u8, claims.Issuer);
            if (claims.Audiences.Count > 0) json.WriteString("aud"u8, claims.Audiences[0]);
            json.WriteNumber("iat"u8, issuedAt.ToUnixTimeSeconds());
            if (claims.NotBefore is { } begin) json.WriteNumber("nbf"u8, begin.ToUnixTimeSeconds());
            if (claims.ExpiresAt is { } end) json.WriteNumber("exp"u8, end.ToUnixTimeSeconds());
            json.WriteStartObject(TokenClaims.Ours);
            WritePatterns(json, "publish", claims.Publish);
            WritePatterns(json, "subscribe", claims.Subscribe);
            WritePatterns(json, "delete", claims.Delete);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(payload.WrittenSpan);
    }

    static void WritePatterns(Utf8JsonWriter json, string name, IReadOnlyList<RawHub.ChannelPattern> patterns)
    {
        if (patterns.Count == 0) return;
        json.WriteStartArray(name);
        foreach (RawHub.ChannelPattern pattern in patterns) json.WriteStringValue(pattern.Text);
        json.WriteEndArray();
    }
}
