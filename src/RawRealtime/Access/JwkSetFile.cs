using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace RawRealtime.Access;

/// <summary>Reads the public keys of a JWK set (RFC 7517 §5): RSA for RS256, EC on P-256 for ES256. Others are left aside with a notice.</summary>
internal static class JwkSetFile
{
    // RFC 7518 §3.3.
    const int MinRsaBits = 2048;

    /// <summary>Reads them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="notices">Gets a sentence for each key that is left aside.</param>
    /// <exception cref="TokenKeyException">It is unreadable, or no JWK set.</exception>
    public static IEnumerable<TokenKey> Read(string file, ICollection<string> notices)
    {
        List<TokenKey> read = [];
        int number = 0;
        foreach (JsonWebKey key in SetOf(file).Keys)
        {
            number++;
            string? why = WhyNot(key, out string algorithm);
            why ??= TryAdd(key, algorithm, read);
            if (why is not null) notices.Add($"key {number} is left aside: {why}");
        }
        return read;
    }

    static JsonWebKeySet SetOf(string file)
    {
        try
        {
            return new(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new TokenKeyException($"cannot read the keys: {unreadable.Message}");
        }
        catch (ArgumentException)
        {
            throw new TokenKeyException($"{file} is no JWK set such as {{\"keys\":[…]}}.");
        }
    }

    static string? WhyNot(JsonWebKey key, out string algorithm)
    {
        algorithm = key.Kty switch { "RSA" => SecurityAlgorithms.RsaSha256, "EC" => SecurityAlgorithms.EcdsaSha256, _ => "" };
        if (algorithm.Length == 0) return "its kty is neither RSA nor EC";
        if (key.Kty == "EC" && key.Crv != "P-256") return "its curve is not P-256";
        if (key.Kty == "RSA" && (key.N is null || key.KeySize < MinRsaBits)) return $"it has fewer than {MinRsaBits} bits";
        if (key.Alg is { Length: > 0 } && key.Alg != algorithm) return $"its alg is not {algorithm}";
        if (key.Use is { Length: > 0 } && key.Use != "sig") return "its use is not sig";
        return key.KeyOps.Count > 0 && !key.KeyOps.Contains("verify") ? "its key_ops have no verify" : null;
    }

    static string? TryAdd(JsonWebKey key, string algorithm, List<TokenKey> read)
    {
        try
        {
            Import(key);
            read.Add(new(algorithm, key.Kid is { Length: > 0 } id ? id : null, key));
            return null;
        }
        catch (Exception broken) when (broken is ArgumentException or CryptographicException or InvalidOperationException or NotSupportedException or FormatException)
        {
            return "its numbers make no key";
        }
    }

    // The library looks at the numbers when the first token comes, and throws then. Here they are looked at when the server starts.
    static void Import(JsonWebKey key)
    {
        if (key.Kty == "RSA") RSA.Create(new RSAParameters { Modulus = Number(key.N), Exponent = Number(key.E) }).Dispose();
        else ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Number(key.X), Y = Number(key.Y) } }).Dispose();
    }

    static byte[] Number(string? base64Url) => Base64UrlEncoder.DecodeBytes(base64Url);
}
