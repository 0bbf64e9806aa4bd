using System.Net.Security;
using System.Text;
using RawHttp.Client;

namespace RawRealtime.Client;

/// <summary>The server that a client speaks with, and what it shows it.</summary>
/// <param name="Address">Scheme, host, port, and a path in front of the server's own ones; http or https.</param>
internal sealed record ServerTarget(Uri Address)
{
    /// <summary>The token to show; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>How TLS is spoken; null for what the system trusts.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The fields that every request carries. RFC 6750 §2.1.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => Token is null ? [] : [new("Authorization", $"Bearer {Token}")];

    /// <summary>What the options of every connection have in common.</summary>
    public HttpClientOptions Http => new() { Tls = Tls };

    /// <summary>A client for it, not connected yet.</summary>
    public HttpOriginClient NewClient() => new(HttpOrigin.Of(Address), Http);

    /// <summary>Path and query of a request.</summary>
    /// <param name="route">The server's own path, such as <c>/publish</c>.</param>
    /// <param name="query">Names and values; those without a value are left away.</param>
    public string PathOf(string route, params IEnumerable<(string Name, string? Value)> query)
    {
        StringBuilder path = new(Address.AbsolutePath.TrimEnd('/') + route);
        char separator = '?';
        foreach ((string name, string? value) in query)
        {
            if (value is null) continue;
            path.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }
        return path.ToString();
    }

    /// <summary>The address of a WebSocket there.</summary>
    /// <param name="path">Path and query.</param>
    public Uri SocketOf(string path) => new($"{(Address.Scheme == "https" ? "wss" : "ws")}://{Address.Authority}{path}");
}
