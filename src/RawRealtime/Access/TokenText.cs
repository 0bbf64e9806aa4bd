using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using RawRealtime.Server;

namespace RawRealtime.Access;

/// <summary>A token taken apart: header, payload and signature, each base64url, joined by points. RFC 7515 §3.1 and §7.1.</summary>
/// <param name="Algorithm">What it says it was signed by. Nothing is believed of it: the keys decide.</param>
/// <param name="KeyId">Which key it says it was signed with; null when it does not.</param>
/// <param name="Signed">The bytes that the signature is of.</param>
/// <param name="Signature">The signature.</param>
/// <param name="Payload">The claims, as JSON.</param>
internal sealed record TokenText(string Algorithm, string? KeyId, byte[] Signed, byte[] Signature, byte[] Payload)
{
    /// <summary>Most characters of a token. More is not looked at: what a signature costs is paid for by whoever asks.</summary>
    public const int MaxLength = 4096;

    /// <summary>How JSON from strangers is read: nothing twice, since two readers may take one each.</summary>
    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Takes one apart. The signature is not judged here.</summary>
    public static ServerFault Read(string text, out TokenText token)
    {
        token = null!;
        if (text.Length > MaxLength) return ServerFault.TokenTooLong;
        string[] parts = text.AsSpan().ContainsAnyExcept(Characters) ? [] : text.Split('.');
        if (parts.Length != 3 || !Array.TrueForAll(parts, part => Base64Url.IsValid(part))) return ServerFault.TokenMalformed;
        if (!TryReadHeader(Base64Url.DecodeFromChars(parts[0]), out string algorithm, out string? keyId)) return ServerFault.TokenMalformed;
        byte[] signed = Encoding.ASCII.GetBytes(text, 0, text.LastIndexOf('.'));
        token = new(algorithm, keyId, signed, Base64Url.DecodeFromChars(parts[2]), Base64Url.DecodeFromChars(parts[1]));
        return ServerFault.None;
    }

    // An extension that must be understood (RFC 7515 §4.1.11) is one that we do not know.
    static bool TryReadHeader(byte[] utf8, out string algorithm, out string? keyId)
    {
        (algorithm, keyId) = ("", null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, Strict);
            JsonElement header = document.RootElement;
            if (header.TryGetProperty("crit"u8, out _) || !header.TryGetProperty("alg"u8, out JsonElement alg)) return false;
            algorithm = alg.GetString() ?? "";
            keyId = header.TryGetProperty("kid"u8, out JsonElement kid) ? kid.GetString() : null;
            return algorithm.Length > 0;
        }
        catch (Exception notOurs) when (notOurs is JsonException or InvalidOperationException)
        {
            return false; // no JSON, no object, or a member of another type
        }
    }
}
