using System.Text;

namespace RawHttp.Wire;

/// <summary>The four forms of a request target. RFC 9112 §3.2.</summary>
public enum TargetForm : byte
{
    /// <summary>RFC 9112 §3.2.1: <c>/path?query</c>.</summary>
    Origin,

    /// <summary>RFC 9112 §3.2.2: <c>http://host/path?query</c>.</summary>
    Absolute,

    /// <summary>RFC 9112 §3.2.3: <c>host:port</c>, CONNECT only.</summary>
    Authority,

    /// <summary>RFC 9112 §3.2.4: <c>*</c>, OPTIONS only.</summary>
    Asterisk,
}

/// <summary>Where the parts of a request target lie in it. The bytes are as sent; nothing is decoded.</summary>
/// <param name="Form">Which of the four forms it is.</param>
/// <param name="IsHttps">Whether the scheme of an absolute target is <c>https</c>; the other scheme taken is <c>http</c>.</param>
/// <param name="Authority">Host and perhaps port; empty in origin and asterisk form.</param>
/// <param name="Path">The path with its leading slash; empty in authority and asterisk form, and in <c>http://host</c>.</param>
/// <param name="Query">What follows the first question mark; empty when there is none.</param>
public readonly record struct RequestTarget(TargetForm Form, bool IsHttps, Piece Authority, Piece Path, Piece Query)
{
    /// <summary>Reads <paramref name="target"/>. RFC 9112 §3.2.</summary>
    /// <param name="target">The bytes between the two spaces of a request line.</param>
    /// <param name="method">The request's method: two of the forms belong to one method each.</param>
    /// <param name="parts">The parts, offsets counted from the first byte of <paramref name="target"/>.</param>
    /// <returns>None, or the rule that is broken.</returns>
    public static HttpFault Read(ReadOnlySpan<byte> target, HttpMethod method, out RequestTarget parts)
    {
        HttpFault fault = ReadForm(target, method, out parts);
        return fault != HttpFault.None && target.Contains((byte)'#') ? HttpFault.TargetHasFragment : fault; // no form has room for one
    }

    static HttpFault ReadForm(ReadOnlySpan<byte> target, HttpMethod method, out RequestTarget parts)
    {
        if (method == HttpMethod.Connect) return ReadAuthority(target, out parts);
        if (target.StartsWith("/"u8)) return ReadPathAndQuery(new(TargetForm.Origin, false, default, default, default), target, 0, out parts);
        if (!target.SequenceEqual("*"u8)) return ReadAbsolute(target, out parts);
        parts = new(TargetForm.Asterisk, false, default, default, default);
        return method == HttpMethod.Options ? HttpFault.None : HttpFault.TargetFormNotAllowed;
    }

    // RFC 9112 §3.2.3: authority-form = uri-host ":" port; the port is not optional.
    static HttpFault ReadAuthority(ReadOnlySpan<byte> target, out RequestTarget parts)
    {
        parts = new(TargetForm.Authority, false, new(0, target.Length), default, default);
        if (target.StartsWith("/"u8) || target.SequenceEqual("*"u8)) return HttpFault.TargetFormNotAllowed;
        return HostRule.IsHost(target, out int port) && port >= 0 ? HttpFault.None : HttpFault.BadTarget;
    }

    // RFC 9112 §3.2.2: absolute-form = absolute-URI; of its schemes those two that lead here, without userinfo (RFC 9110 §4.2.4).
    static HttpFault ReadAbsolute(ReadOnlySpan<byte> target, out RequestTarget parts)
    {
        parts = default;
        int schemeLength = StartsWithIgnoreCase(target, "http://"u8) ? 7 : StartsWithIgnoreCase(target, "https://"u8) ? 8 : 0;
        if (schemeLength == 0)
            return HostRule.IsHost(target, out int port) && port >= 0 ? HttpFault.TargetFormNotAllowed : HttpFault.BadTarget;
        int length = target[schemeLength..].IndexOfAny((byte)'/', (byte)'?');
        var authority = new Piece(schemeLength, length < 0 ? target.Length - schemeLength : length);
        if (!HostRule.IsHost(authority.Of(target), out _)) return HttpFault.BadTarget;
        RequestTarget begun = new(TargetForm.Absolute, IsHttps: schemeLength == 8, authority, default, default);
        return ReadPathAndQuery(begun, target, schemeLength + authority.Length, out parts);
    }

    static HttpFault ReadPathAndQuery(RequestTarget begun, ReadOnlySpan<byte> target, int start, out RequestTarget parts)
    {
        int mark = target[start..].IndexOfAnyExcept(HttpGrammar.PathCharacters);
        var path = new Piece(start, mark < 0 ? target.Length - start : mark);
        var query = mark < 0 ? default : new Piece(start + mark + 1, target.Length - start - mark - 1);
        parts = begun with { Path = path, Query = query };
        if (mark >= 0 && (target[start + mark] != '?' || query.Of(target).ContainsAnyExcept(HttpGrammar.QueryCharacters))) return HttpFault.BadTarget;
        if (!target.Contains((byte)'%')) return HttpFault.None;
        if (!PercentDecoder.IsWellFormed(target[start..])) return HttpFault.BadEscape;
        return PercentDecoder.HidesControl(path.Of(target)) ? HttpFault.EscapedControl : HttpFault.None;
    }

    static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
