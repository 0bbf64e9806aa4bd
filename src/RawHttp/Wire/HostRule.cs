namespace RawHttp.Wire;

/// <summary>Exactly one valid Host. RFC 9112 §3.2, RFC 9110 §7.2.</summary>
public static class HostRule
{
    /// <summary>
    /// Judges the Host field of a request whose line and fields have been read. It must be there and valid even when an absolute target
    /// says the authority, which then wins (RFC 9112 §3.2.2): see <see cref="RequestHead.Host"/>.
    /// </summary>
    /// <param name="head">The request.</param>
    /// <param name="host">Where the value lies in the block of the fields; empty when there is none.</param>
    /// <returns>None, or the first rule that is broken.</returns>
    internal static HttpFault Check(RequestHead head, out Piece host)
    {
        host = default;
        int index = head.Fields.IndexOf("host"u8, 0);
        if (index < 0) return head.Version == HttpVersion.Http10 ? HttpFault.None : HttpFault.HostMissing;
        if (head.Fields.IndexOf("host"u8, index + 1) >= 0) return HttpFault.HostRepeated;
        host = head.Fields.ValuePieceAt(index);
        return IsHost(host.Of(head.Fields.Block), out _) ? HttpFault.None : HttpFault.BadHost;
    }

    /// <summary>
    /// Whether <paramref name="text"/> is a host with or without a port. RFC 9110 §7.2: <c>Host = uri-host [ ":" port ]</c>.
    /// An empty host, userinfo, a path, a list and percent-encoding are refused.
    /// </summary>
    /// <param name="text">The field's value.</param>
    /// <param name="port">The port; -1 when there is none or it is empty (RFC 3986 §3.2.3: <c>port = *DIGIT</c>).</param>
    public static bool IsHost(ReadOnlySpan<byte> text, out int port)
    {
        port = -1;
        int nameLength = NameLength(text);
        if (nameLength == 0) return false;
        if (nameLength == text.Length) return true;
        return text[nameLength] == ':' && IsPort(text[(nameLength + 1)..], out port);
    }

    /// <summary>The host without its port. RFC 3986 §3.2.2.</summary>
    /// <param name="host">A valid host, see <see cref="IsHost"/>.</param>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> host) => host[..NameLength(host)];

    // How many leading bytes are a name, an IPv4 address or an IP literal in brackets; 0 when they are none of these.
    static int NameLength(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("["u8))
        {
            int other = text.IndexOfAnyExcept(HttpGrammar.HostCharacters);
            return other < 0 ? text.Length : other;
        }
        int bracket = text.IndexOf((byte)']');
        if (bracket < 0) return 0;
        ReadOnlySpan<byte> literal = text[1..bracket];
        bool isAddress = literal.Count((byte)':') >= 2 && !literal.ContainsAnyExcept(HttpGrammar.Ip6Characters);
        return isAddress ? bracket + 1 : 0;
    }

    static bool IsPort(ReadOnlySpan<byte> digits, out int port)
    {
        port = -1;
        if (digits.IsEmpty) return true;
        if (digits.Length > 5) return false;
        int number = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            number = number * 10 + (digit - '0');
        }
        port = number;
        return port <= ushort.MaxValue;
    }
}
