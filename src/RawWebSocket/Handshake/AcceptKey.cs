using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace RawWebSocket.Handshake;

/// <summary>The answer to <c>Sec-WebSocket-Key</c>, which proves that the server read the request as a WebSocket one. RFC 6455 §4.2.2 item 5.4.</summary>
public static class AcceptKey
{
    /// <summary>Bytes of a <c>Sec-WebSocket-Key</c>: base64 of 16 bytes. RFC 6455 §4.1 item 7.</summary>
    public const int KeyBytes = 24;

    /// <summary>Bytes of a <c>Sec-WebSocket-Accept</c>: base64 of the 20 bytes of a SHA-1.</summary>
    public const int AcceptBytes = 28;

    static ReadOnlySpan<byte> Guid => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8; // RFC 6455 §1.3

    /// <summary>True when <paramref name="key"/> is the base64 of 16 bytes. RFC 6455 §4.2.1 item 5.</summary>
    /// <param name="key">The value of <c>Sec-WebSocket-Key</c>.</param>
    public static bool IsKey(ReadOnlySpan<byte> key)
    {
        Span<byte> nonce = stackalloc byte[18]; // what 24 characters without padding would give
        return key.Length == KeyBytes
            && Base64.DecodeFromUtf8(key, nonce, out int read, out int written) == OperationStatus.Done
            && (read, written) == (KeyBytes, 16);
    }

    /// <summary>Writes the base64 of SHA-1 of the key followed by the GUID.</summary>
    /// <param name="key">The value of <c>Sec-WebSocket-Key</c>, as it was sent.</param>
    /// <param name="accept">Where to: <see cref="AcceptBytes"/> bytes.</param>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 §4.2.2 asks for SHA-1; nothing secret depends on it.")]
    public static void Write(ReadOnlySpan<byte> key, Span<byte> accept)
    {
        Span<byte> joined = stackalloc byte[KeyBytes + Guid.Length];
        key[..KeyBytes].CopyTo(joined);
        Guid.CopyTo(joined[KeyBytes..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(joined, hash);
        Base64.EncodeToUtf8(hash, accept, out _, out _);
    }

    /// <summary>Writes a fresh key for a client's request. RFC 6455 §4.1 item 7: 16 random bytes, new for each connection.</summary>
    /// <param name="key">Where to: <see cref="KeyBytes"/> bytes.</param>
    public static void WriteNewKey(Span<byte> key)
    {
        Span<byte> nonce = stackalloc byte[16];
        RandomNumberGenerator.Fill(nonce);
        Base64.EncodeToUtf8(nonce, key, out _, out _);
    }
}
