namespace RawHttp.Wire;

/// <summary>Which fields may not come behind the content. RFC 9110 §6.5.1.</summary>
static class TrailerRules
{
    /// <summary>
    /// Whether a trailer of this name is refused: those that frame a message, route it, modify the request, control the response,
    /// authenticate, or say how the content is to be read. A recipient that heeded them could be told two things about one message.
    /// </summary>
    internal static bool IsForbidden(ReadOnlySpan<byte> name)
    {
        foreach (byte[] forbidden in Names)
            if (forbidden.Length == name.Length && System.Text.Ascii.EqualsIgnoreCase(forbidden, name)) return true;
        return false;
    }

    static readonly byte[][] Names =
    [
        [.. "transfer-encoding"u8], [.. "content-length"u8], [.. "trailer"u8],                  // framing
        [.. "host"u8], [.. "connection"u8], [.. "upgrade"u8], [.. "te"u8], [.. "keep-alive"u8], // routing
        [.. "proxy-connection"u8], [.. "via"u8], [.. "forwarded"u8],
        [.. "cache-control"u8], [.. "expect"u8], [.. "max-forwards"u8], [.. "pragma"u8],        // request modifiers
        [.. "range"u8], [.. "if-match"u8], [.. "if-none-match"u8], [.. "if-modified-since"u8],
        [.. "if-unmodified-since"u8], [.. "if-range"u8],
        [.. "age"u8], [.. "date"u8], [.. "expires"u8], [.. "location"u8], [.. "retry-after"u8], // response controls
        [.. "vary"u8], [.. "warning"u8],
        [.. "authorization"u8], [.. "proxy-authorization"u8], [.. "www-authenticate"u8],        // authentication
        [.. "proxy-authenticate"u8], [.. "cookie"u8], [.. "set-cookie"u8],
        [.. "content-type"u8], [.. "content-encoding"u8], [.. "content-range"u8],               // how the content is read
    ];
}
