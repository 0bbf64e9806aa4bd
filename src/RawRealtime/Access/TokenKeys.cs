using System.Text;
using Microsoft.IdentityModel.Tokens;
using RawRealtime.Server;

namespace RawRealtime.Access;

/// <summary>Keys for tokens are of no use; the message says which and why, in one line, and never holds the key.</summary>
internal sealed class TokenKeyException(string message) : Exception(message);

/// <summary>The keys that may have signed a token. Any thread.</summary>
internal sealed class TokenKeys
{
    /// <summary>Least bytes of a secret. RFC 7518 §3.2: as many as the hash has.</summary>
    public const int MinSecretBytes = 32;

    readonly List<TokenKey> keys = [];
    readonly List<string> notices = [];

    /// <summary>What was left aside, and why; for the log.</summary>
    public IReadOnlyList<string> Notices => notices;

    /// <summary>Adds a secret for HS256: the bytes of its text.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="source">Where it came from, for the message.</param>
    /// <exception cref="TokenKeyException">It is too short.</exception>
    public TokenKeys AddSecret(string secret, string source)
    {
        keys.Add(new(SecurityAlgorithms.HmacSha256, null, SecretKey(secret, source)));
        return this;
    }

    /// <summary>Adds the public keys of a file with a JWK set, for RS256 and ES256.</summary>
    /// <exception cref="TokenKeyException">It is unreadable, or has no key of use.</exception>
    public TokenKeys AddSet(string file)
    {
        int before = keys.Count;
        keys.AddRange(JwkSetFile.Read(file, notices));
        return keys.Count > before ? this : throw new TokenKeyException($"{file} has no key of use: {(notices.Count == 0 ? "its list of keys is empty" : string.Join("; ", notices))}.");
    }

    /// <summary>Makes a key of a secret.</summary>
    /// <exception cref="TokenKeyException">It is too short.</exception>
    public static SymmetricSecurityKey SecretKey(string secret, string source)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
        if (bytes.Length < MinSecretBytes)
            throw new TokenKeyException($"{source} has {bytes.Length} bytes, and a secret for HS256 has at least {MinSecretBytes}: make one with rawrealtime token key.");
        return new(bytes);
    }

    /// <summary>Judges a signature. Which key it may be of, the keys say, and the token's own words only narrow that down.</summary>
    public ServerFault Check(TokenText token)
    {
        bool isAlgorithm = false, isKey = false;
        foreach (TokenKey key in keys)
        {
            if (key.Algorithm != token.Algorithm) continue;
            isAlgorithm = true;
            if (!key.IsMeantBy(token.KeyId)) continue;
            isKey = true;
            if (key.Signed(token)) return ServerFault.None;
        }
        if (!isAlgorithm) return ServerFault.TokenAlgorithm;
        return isKey ? ServerFault.TokenSignature : ServerFault.TokenKey;
    }
}
