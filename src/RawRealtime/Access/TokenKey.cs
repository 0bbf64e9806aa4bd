using Microsoft.IdentityModel.Tokens;

namespace RawRealtime.Access;

/// <summary>One key and the one algorithm it is for (RFC 8725 §3.1): what a token says of its algorithm can only leave the key unused. Any thread.</summary>
/// <param name="algorithm">The algorithm's name, RFC 7518 §3.1.</param>
/// <param name="id">What tokens call the key by; null when it fits any of them.</param>
/// <param name="key">The key.</param>
internal sealed class TokenKey(string algorithm, string? id, SecurityKey key)
{
    // Kept as long as the key: the library's own store would look it up by its text for each token.
    readonly SignatureProvider provider = new CryptoProviderFactory { CacheSignatureProviders = false }.CreateForVerifying(key, algorithm);

    /// <summary>The one algorithm.</summary>
    public string Algorithm => algorithm;

    /// <summary>Whether a token may mean this key.</summary>
    public bool IsMeantBy(string? keyId) => id is null || keyId is null || id == keyId;

    /// <summary>Whether the token was signed with this key.</summary>
    public bool Signed(TokenText token) => token.Signature.Length > 0 && provider.Verify(token.Signed, token.Signature);
}
