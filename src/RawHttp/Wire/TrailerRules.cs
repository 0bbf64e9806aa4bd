using System.Text;

namespace RawHttp.Wire;

/// <summary>Which fields may not come behind the content. RFC 9110 §6.5.1.</summary>
static class TrailerRules
{
    /// <summary>
    /// Whether a trailer of this name is refused: those that frame a message, route it, modify the request, authenticate,
    /// or say how the content is to be read. A recipient that heeded them could be told two things about one message.
    /// </summary>
    internal static bool IsForbidden(ReadOnlySpan<byte> name)
    {
        // ASCII letters in lower case; other token characters keep their place in the list's words.
        Span<byte> lower = stackalloc byte[LongestName];
        if (name.Length > LongestName) return false;
        Ascii.ToLower(name, lower, out int length);
        return Names.Contains(Encoding.ASCII.GetString(lower[..length]));
    }

    const int LongestName = 19;

    static readonly HashSet<string> Names =
    [
        "transfer-encoding", "content-length", "trailer",                                      // framing
        "host", "connection", "upgrade", "te", "keep-alive", "via",                            // routing
        "cache-control", "expect", "max-forwards", "pragma", "range", "if-match", "if-none-match",
        "if-modified-since", "if-range",                                                       // request modifiers
        "authorization", "proxy-authorization", "cookie", "set-cookie",                        // authentication
        "content-type", "content-encoding", "content-range",                                   // how the content is read
    ];
}
