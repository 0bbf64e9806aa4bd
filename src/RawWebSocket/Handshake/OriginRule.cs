using System.Text;
using RawHttp.Wire;

namespace RawWebSocket.Handshake;

/// <summary>
/// Whether a page may open a connection here. RFC 6455 §4.2.2 item 4 and §10.2. A browser names the page's origin and
/// does not let the page change it; without this rule any page could speak in its visitor's name. Immutable, any thread.
/// </summary>
public sealed class OriginRule
{
    readonly byte[][] allowed;
    readonly bool allowsAll, allowsAbsent;

    /// <summary>Makes the rule.</summary>
    /// <param name="allowed">Origins besides the server's own, such as <c>https://example.org</c>; <c>*</c> stands for all.</param>
    /// <param name="allowsAbsent">Whether a request without an Origin field, which no browser sends, may pass.</param>
    /// <exception cref="ArgumentException">An entry is neither an origin nor <c>*</c>.</exception>
    public OriginRule(IEnumerable<string> allowed, bool allowsAbsent)
    {
        this.allowed = [.. allowed.Where(entry => entry != "*").Select(Parsed)];
        allowsAll = allowed.Contains("*");
        this.allowsAbsent = allowsAbsent;
    }

    /// <summary>Judges a request.</summary>
    /// <param name="head">A request head that HTTP let stand.</param>
    /// <param name="isHttps">How the client reached the server, also when a proxy ended the TLS.</param>
    /// <returns>None, or <see cref="HttpFault.OriginRefused"/>.</returns>
    public HttpFault Check(RequestHead head, bool isHttps)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (allowsAll) return HttpFault.None;
        if (!head.Fields.Contains("origin"u8)) return allowsAbsent ? HttpFault.None : HttpFault.OriginRefused;
        bool isOne = head.Fields.TryGet("origin"u8, out ReadOnlySpan<byte> text);
        if (!isOne || !Origin.TryParse(text, out Origin origin)) return HttpFault.OriginRefused;
        if (Origin.TryOf(isHttps, head.Host, out Origin own) && own.IsSameAs(origin)) return HttpFault.None;
        foreach (byte[] entry in allowed)
            if (Origin.TryParse(entry, out Origin welcome) && welcome.IsSameAs(origin)) return HttpFault.None;
        return HttpFault.OriginRefused;
    }

    static byte[] Parsed(string entry)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(entry);
        return Origin.TryParse(bytes, out _) ? bytes : throw new ArgumentException($"'{entry}' is no origin such as https://example.org.", nameof(entry));
    }
}
