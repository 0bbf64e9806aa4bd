using System.Net;
using System.Net.Sockets;

namespace RawHttp.Client;

/// <summary>Where requests go: scheme, host and port (RFC 9110 §4.3.1), and the address that is dialled for them.</summary>
public sealed record HttpOrigin
{
    HttpOrigin(Uri uri, bool isSecure, EndPoint? address)
    {
        int ownPort = isSecure ? 443 : 80;
        IsSecure = isSecure;
        Port = uri.Port < 0 ? ownPort : uri.Port;
        Host = uri.IdnHost.Trim('[', ']');
        string name = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : Host; // RFC 3986 §3.2.2: an IPv6 address stands in brackets
        Authority = Port == ownPort ? name : $"{name}:{Port}";
        Address = address ?? new DnsEndPoint(Host, Port);
    }

    /// <summary>Whether TLS is spoken.</summary>
    public bool IsSecure { get; }

    /// <summary>The host, an IPv6 address without its brackets; also the name that a certificate must prove.</summary>
    public string Host { get; }

    /// <summary>The port: the scheme's own, 80 or 443, unless the URI names another.</summary>
    public int Port { get; }

    /// <summary>What stands in Host: the host, an IPv6 address in brackets, and the port unless it is the scheme's own. RFC 9110 §7.2.</summary>
    public string Authority { get; }

    /// <summary>Where the connection goes.</summary>
    public EndPoint Address { get; }

    /// <summary>The origin of a URI; its path, query and fragment do not matter.</summary>
    /// <param name="uri">An absolute URI of http, https, ws or wss, without userinfo (RFC 9110 §4.2.4).</param>
    /// <param name="unixPath">The path of a Unix-domain socket that is dialled instead of the host; null for the host.</param>
    /// <exception cref="ArgumentException">The URI is of another kind.</exception>
    public static HttpOrigin Of(Uri uri, string? unixPath = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Scheme is not ("http" or "https" or "ws" or "wss"))
            throw new ArgumentException("It is no URI of http, https, ws or wss with a host and without userinfo (RFC 9110 §4.2).", nameof(uri));
        return new(uri, uri.Scheme is "https" or "wss", unixPath is null ? null : new UnixDomainSocketEndPoint(unixPath));
    }
}
