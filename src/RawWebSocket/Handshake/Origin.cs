using System.Text;
using RawHttp.Wire;

namespace RawWebSocket.Handshake;

/// <summary>Where a page came from: scheme, host and port, compared as a whole. RFC 6454 §4 and §7.</summary>
public readonly ref struct Origin
{
    Origin(bool isHttps, ReadOnlySpan<byte> host, int port)
    {
        IsHttps = isHttps;
        Host = host;
        Port = port;
    }

    /// <summary>True for https, false for http; other schemes have no origin that we could be.</summary>
    public bool IsHttps { get; }

    /// <summary>The host without its port; compares without case.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>The port, the scheme's own when none was written.</summary>
    public int Port { get; }

    /// <summary>Reads a serialized origin: scheme, "://", host, perhaps ":" and port, and nothing behind. RFC 6454 §6.2.</summary>
    /// <param name="text">The value of an Origin field, or an entry of an allow list.</param>
    /// <param name="origin">The origin; default when the answer is false.</param>
    /// <returns>False for anything else, <c>null</c> and other schemes too.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out Origin origin)
    {
        origin = default;
        bool isHttps = StartsWith(text, "https://"u8);
        if (!isHttps && !StartsWith(text, "http://"u8)) return false;
        return TryOf(isHttps, text[(isHttps ? 8 : 7)..], out origin);
    }

    /// <summary>The origin of a server's own pages.</summary>
    /// <param name="isHttps">How the client reached the server.</param>
    /// <param name="authority">A Host field's value: host and perhaps port.</param>
    /// <param name="origin">The origin; default when the answer is false.</param>
    /// <returns>False when it is no host.</returns>
    public static bool TryOf(bool isHttps, ReadOnlySpan<byte> authority, out Origin origin)
    {
        origin = default;
        if (!HostRule.IsHost(authority, out int port)) return false;
        origin = new(isHttps, HostRule.NameOf(authority), port >= 0 ? port : isHttps ? 443 : 80);
        return true;
    }

    /// <summary>True when scheme, host and port are the same. RFC 6454 §5.</summary>
    /// <param name="other">Another origin.</param>
    public bool IsSameAs(Origin other) =>
        IsHttps == other.IsHttps && Port == other.Port && Ascii.EqualsIgnoreCase(Host, other.Host);

    static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);
}
