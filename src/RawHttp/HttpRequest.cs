using System.Net;
using System.Text;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>A request as a handler sees it. Its spans are valid while the handler has the exchange. Loop only.</summary>
public sealed class HttpRequest
{
    static readonly FieldLines NoTrailers = new();

    readonly HttpConnection connection;

    RequestBody? content; // from the connection's first request that has some
    bool hasContent;

    internal HttpRequest(HttpConnection connection) => this.connection = connection;

    /// <summary>Everything in front of the content, as bytes.</summary>
    public RequestHead Head { get; } = new();

    /// <summary>The method, when it is one of those known by name.</summary>
    public HttpMethod Method => Head.Method;

    /// <summary>The path as it was sent, not decoded.</summary>
    public ReadOnlySpan<byte> Path => Head.Path;

    /// <summary>The part of the path that a route calls by a name, decoded; null when the route has none. Set by <see cref="Router"/>.</summary>
    public string? RouteValue { get; internal set; }

    /// <summary>Who sent it.</summary>
    public EndPoint? RemoteEndPoint => connection.Connection.RemoteEndPoint;

    /// <summary>True when it came over TLS.</summary>
    public bool IsSecure => connection.Connection.IsSecure;

    /// <summary>The time of all deadlines.</summary>
    public Heartbeat Heartbeat => connection.Connection.Heartbeat;

    /// <summary>The content, once <see cref="ReadBodyAsync"/> said None. A pooled block: valid until the exchange is over.</summary>
    public ReadOnlyMemory<byte> Body => hasContent ? content!.Whole : default;

    /// <summary>
    /// The fields behind chunked content (RFC 9110 §6.5), once <see cref="ReadBodyAsync"/> or <see cref="ReadBodyPartAsync"/> came to its end;
    /// none before, and none of the kinds that a recipient could mistake for part of the head. They are never merged into the fields.
    /// </summary>
    public FieldLines Trailers => hasContent ? content!.Trailers : NoTrailers;

    /// <summary>Whether there is content, read or not.</summary>
    internal bool HasContent => hasContent;

    /// <summary>Whether all of the content was read, or there is none.</summary>
    internal bool IsContentComplete => !hasContent || content!.IsComplete;

    /// <summary>
    /// Reads the next piece of the content, as large as it came. A client that expects 100-continue is told to go on by the first read,
    /// and by nothing else. Nothing is received ahead of the reads, so a handler that reads slowly holds its client back, and its own
    /// time does not count against the client's rate.
    /// </summary>
    /// <returns>
    /// A piece, valid until the next read; or the end; or the fault to answer with: <see cref="HttpFault.BodyTooLarge"/> past the server's
    /// limit, before anything is received where the length was declared; <see cref="HttpFault.BodyTooSlow"/>; a broken framing.
    /// </returns>
    public ValueTask<BodyPart> ReadBodyPartAsync() => hasContent ? content!.ReadPartAsync() : new(new BodyPart(HttpFault.None, default, IsEnd: true));

    /// <summary>Reads the whole content, or what is left of it. It tells a client to go on as <see cref="ReadBodyPartAsync"/> does.</summary>
    /// <param name="maxBytes">How much is too much; the server's own limit holds besides.</param>
    /// <returns>None, or the fault to answer with: <see cref="HttpFault.BodyTooLarge"/>, <see cref="HttpFault.BodyTooSlow"/>, a broken framing.</returns>
    public ValueTask<HttpFault> ReadBodyAsync(int maxBytes) => hasContent ? content!.ReadAllAsync(maxBytes) : new(HttpFault.None);

    /// <summary>The first value of a query parameter, decoded as UTF-8.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null when the query has no such parameter.</returns>
    public string? QueryValue(ReadOnlySpan<byte> name)
    {
        var reader = new QueryReader(Head.Query);
        while (reader.MoveNext())
        {
            if (!reader.NameIs(name)) continue;
            byte[] value = new byte[reader.RawValue.Length];
            reader.DecodeValue(value, out int length); // escapes were judged with the target
            return Encoding.UTF8.GetString(value, 0, length);
        }
        return null;
    }

    /// <summary>The value of a field that stands once, one character per byte.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>Null when it is not there, or repeated.</returns>
    public string? FieldValue(ReadOnlySpan<byte> name) => Head.Fields.TryGet(name, out ReadOnlySpan<byte> value) ? Encoding.Latin1.GetString(value) : null;

    /// <summary>Method and path, for people.</summary>
    public override string ToString() => $"{Encoding.Latin1.GetString(Head.MethodBytes)} {Encoding.Latin1.GetString(Path)}";

    internal void Begin()
    {
        RouteValue = null;
        ReleaseContent();
        hasContent = Head.Framing.HasContent;
        if (hasContent) (content ??= new(connection)).Begin(Head, connection.Service.Options);
    }

    /// <inheritdoc cref="RequestBody.CanDiscard"/>
    internal bool CanDiscardContent(int maxBytes) => !hasContent || content!.CanDiscard(maxBytes);

    /// <inheritdoc cref="RequestBody.DiscardAsync"/>
    internal ValueTask<bool> DiscardContentAsync(int maxBytes) => hasContent ? content!.DiscardAsync(maxBytes) : new(true);

    /// <summary>Gives back what was read.</summary>
    internal void ReleaseContent() => content?.Release();
}
