using System.Text.Unicode;

namespace RawHttp.Wire;

/// <summary>
/// From the path of a request to the path of a file below some folder, as RFC 9110 §17.3 asks: decoded once, and refused rather than mended
/// when any system could take it for something else. What this lets through has no way up, out, or to a hidden file.
/// </summary>
public static class FilePath
{
    /// <summary>Decodes and judges a path.</summary>
    /// <param name="path">The path of a request as it was sent, with its slash in front.</param>
    /// <param name="into">Room for the result, which is shorter than <paramref name="path"/>.</param>
    /// <param name="written">Length of the result: UTF-8, segments with slashes between; empty for <c>/</c>, and with a slash at its end when the path has one.</param>
    /// <returns>None, or the rule that is broken.</returns>
    /// <exception cref="ArgumentException"><paramref name="into"/> is shorter than <paramref name="path"/>.</exception>
    public static HttpFault Read(ReadOnlySpan<byte> path, Span<byte> into, out int written)
    {
        written = 0;
        if (path.IsEmpty || path[0] != '/') return HttpFault.BadTarget;
        if (HasEncodedSlash(path)) return HttpFault.PathHasEncodedSlash;
        HttpFault fault = PercentDecoder.Decode(path[1..], plusIsSpace: false, into, out int length);
        if (fault == HttpFault.None) fault = CheckCharacters(into[..length]);
        if (fault == HttpFault.None) fault = CheckSegments(into[..length]);
        if (fault == HttpFault.None) written = length;
        return fault;
    }

    // Before decoding, or it would part segments that were one: RFC 3986 §2.2.
    static bool HasEncodedSlash(ReadOnlySpan<byte> path)
    {
        for (int at = path.IndexOf((byte)'%'); at >= 0; at = path.IndexOf((byte)'%'))
        {
            path = path[(at + 1)..];
            if (path.StartsWith("2f"u8) || path.StartsWith("2F"u8)) return true;
        }
        return false;
    }

    static HttpFault CheckCharacters(ReadOnlySpan<byte> decoded)
    {
        if (decoded.ContainsAnyInRange((byte)0x00, (byte)0x1F) || decoded.Contains((byte)0x7F)) return HttpFault.EscapedControl;
        if (decoded.Contains((byte)'\\')) return HttpFault.PathHasBackslash;
        return Utf8.IsValid(decoded) ? HttpFault.None : HttpFault.PathNotUtf8; // RFC 3629 §3: overlong forms and surrogates are not valid either
    }

    static HttpFault CheckSegments(ReadOnlySpan<byte> decoded)
    {
        while (!decoded.IsEmpty)
        {
            int slash = decoded.IndexOf((byte)'/');
            HttpFault fault = CheckSegment(slash < 0 ? decoded : decoded[..slash]);
            if (fault != HttpFault.None) return fault;
            decoded = slash < 0 ? default : decoded[(slash + 1)..];
        }
        return HttpFault.None;
    }

    static HttpFault CheckSegment(ReadOnlySpan<byte> segment)
    {
        if (segment.IsEmpty) return HttpFault.PathHasEmptySegment;
        if (segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8)) return HttpFault.PathHasDotSegment;
        if (segment[0] == '.') return HttpFault.PathIsHidden;
        if (segment[^1] is (byte)'.' or (byte)' ' || segment.Contains((byte)':')) return HttpFault.PathNotPortable;
        return HttpFault.None;
    }
}
