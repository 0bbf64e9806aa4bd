namespace RawHttp.Client;

/// <summary>A request as a client makes it. Immutable; it may be sent any number of times.</summary>
public sealed class HttpClientRequest
{
    /// <summary>The method, case-sensitive (RFC 9110 §9.1). Not CONNECT: there are no tunnels here.</summary>
    /// <value>GET.</value>
    public string Method { get; init; } = "GET";

    /// <summary>Path and query as they are sent, percent-encoded where needed, beginning with a slash; or <c>*</c> with OPTIONS. RFC 9112 §3.2.</summary>
    /// <value>A slash.</value>
    public string Target { get; init; } = "/";

    /// <summary>
    /// Fields in pairs of name and value, values in UTF-8. Not those that the client writes itself: Host, Connection, Content-Length,
    /// Transfer-Encoding, Expect, Upgrade, TE, Trailer, Keep-Alive and Proxy-Connection.
    /// </summary>
    /// <value>None.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>Content that is at hand, sent with Content-Length; null for none. It must not change before the answer came.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>
    /// Content that is made on the way, sent in chunks: called once the head is sent, on another thread perhaps, and complete when its
    /// task is. What it throws ends the exchange (<see cref="HttpClientEnding.ContentFailed"/>). Null for none.
    /// </summary>
    public Func<ContentSender, Task>? ContentSource { get; init; }

    /// <summary>Whether the content waits until the server asks for it with 100, or did not for <see cref="HttpClientOptions.ContinueMilliseconds"/>. RFC 9110 §10.1.1.</summary>
    public bool ExpectsContinue { get; init; }

    /// <summary>The protocol to switch to, such as <c>websocket</c>; null for none. RFC 9110 §7.8.</summary>
    public string? Upgrade { get; init; }

    /// <summary>Whether the connection ends with this exchange: <c>Connection: close</c>, RFC 9112 §9.6.</summary>
    public bool IsLast { get; init; }

    internal bool HasContent => Content is not null || ContentSource is not null;

    /// <summary>Whether a second time does no more than the first (RFC 9110 §9.2.2) and says the same.</summary>
    internal bool CanBeRepeated => ContentSource is null && Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE";
}
