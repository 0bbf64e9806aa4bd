namespace RawRealtime.Access;

/// <summary>What a token must be.</summary>
/// <param name="Keys">The keys that may have signed it.</param>
/// <param name="Issuer">What <c>iss</c> must be; null for anything.</param>
/// <param name="Audience">What <c>aud</c> must name; null for anything.</param>
internal sealed record TokenRules(TokenKeys Keys, string? Issuer = null, string? Audience = null);
