using System.Security.Cryptography;
using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>One form of a resource, and what its fields tell about it. RFC 9110 §3.2, §8.</summary>
sealed record Representation
{
    /// <summary>The bytes, after <see cref="Coding"/>.</summary>
    public required ContentSource Content { get; init; }

    /// <summary>The media type.</summary>
    public required byte[] ContentType { get; init; }

    /// <summary>The entity tag with its quotes; empty when there is none.</summary>
    public byte[] Tag { get; init; } = [];

    /// <summary>When it last changed, in seconds since 1970; null when that is not told.</summary>
    public long? LastModifiedSeconds { get; init; }

    /// <summary>How the bytes are coded.</summary>
    public ContentCoding Coding { get; init; }

    /// <summary>Whether it was chosen among several by Accept-Encoding.</summary>
    public bool IsNegotiated { get; init; }

    /// <summary>A tag for bytes that are known: a digest of them, so it is strong and the same in every run. RFC 9110 §8.8.3.</summary>
    internal static byte[] TagOf(ReadOnlySpan<byte> content) => Encoding.ASCII.GetBytes($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
}
