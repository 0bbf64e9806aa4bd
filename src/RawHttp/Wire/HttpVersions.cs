namespace RawHttp.Wire;

/// <summary>RFC 9112 §2.3: <c>HTTP-version = HTTP-name "/" DIGIT "." DIGIT</c>, <c>HTTP-name = %s"HTTP"</c></summary>
static class HttpVersions
{
    internal static HttpFault Read(ReadOnlySpan<byte> text, out HttpVersion version)
    {
        version = HttpVersion.Http11;
        if (text.SequenceEqual("HTTP/1.1"u8)) return HttpFault.None;
        version = HttpVersion.Http10;
        bool isVersion = text.Length == 8 && text.StartsWith("HTTP/"u8) && text[6] == '.'
            && char.IsAsciiDigit((char)text[5]) && char.IsAsciiDigit((char)text[7]);
        if (!isVersion) return HttpFault.BadVersion;
        if (text[5] != '1') return HttpFault.UnsupportedVersion;
        version = text[7] == '0' ? HttpVersion.Http10 : HttpVersion.Http11; // RFC 9110 §2.5: a higher minor version is read as the highest we know
        return HttpFault.None;
    }
}
