using System.Buffers;
using System.Text;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>
/// The answer to a request. One of the Send members, or <see cref="StartStream(int, ReadOnlySpan{byte})"/>, or <see cref="Upgrade"/>, and once.
/// Date, Content-Length and Connection are its own affair (RFC 9110 §6.6.1, §8.6, §7.6.1).
/// </summary>
public sealed class HttpResponse
{
    const int OwnFieldBytes = 192, SmallHeadBytes = 512, FirstFieldBytes = 256;

    readonly HttpConnection connection;
    readonly HttpExchange exchange;
    byte[] fields = []; // pooled, from the first field to the head that it is written into: a connection that waits holds none
    int fieldBytes;
    bool started, refuses, namesUpgrade;
    SharedBytes? unsent;
    ResponseTrailers? trailers;

    internal HttpResponse(HttpConnection connection, HttpExchange exchange) => (this.connection, this.exchange) = (connection, exchange);

    /// <summary>Whether an answer was begun: a second one is ignored.</summary>
    public bool HasStarted => started;

    internal bool KeepsAlive { get; private set; }

    internal BodyStream? Stream { get; private set; }

    internal IUpgradedHandler? Upgraded { get; private set; }

    bool IsToHead => !refuses && exchange.Request.Method == HttpMethod.Head;

    bool IsTo10 => !refuses && exchange.Request.Head.Version == HttpVersion.Http10;

    internal void Begin(bool refusal)
    {
        refuses = refusal;
        started = namesUpgrade = false;
        ReleaseFields();
        Stream = null;
        trailers = null;
        Upgraded = null;
        KeepsAlive = !refusal && exchange.Request.Head.KeepsAlive;
    }

    /// <summary>Adds a field to the answer, before it is sent. An Upgrade is named in Connection by itself (RFC 9110 §7.8).</summary>
    /// <param name="name">A token, and none of Date, Content-Length, Transfer-Encoding, Trailer, Connection.</param>
    /// <param name="value">No controls, no white space around it.</param>
    /// <exception cref="ArgumentException">Name or value is not what a field may hold, or the field is the answer's own affair.</exception>
    public void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (IsOwnField(name)) throw new ArgumentException("This field is the answer's own affair.", nameof(name));
        AddOwnField(name, value);
        namesUpgrade |= Ascii.EqualsIgnoreCase(name, "upgrade"u8);
    }

    /// <summary>
    /// Announces a trailer of a stream (RFC 9110 §6.6.2), before that is started; <see cref="BodyStream.AddTrailer"/> then gives it its value.
    /// It is sent to a client that said <c>TE: trailers</c> (§10.1.4), and never in HTTP/1.0.
    /// </summary>
    /// <param name="name">A token, and of no field that frames, routes, controls, authenticates or describes the content (§6.5.1).</param>
    /// <param name="evenUnasked">Send it to other clients too: nothing is lost when one of them, or a proxy, drops it.</param>
    /// <returns>Whether it will be sent.</returns>
    /// <exception cref="ArgumentException">The field may not be a trailer.</exception>
    public bool AnnounceTrailer(ReadOnlySpan<byte> name, bool evenUnasked = false)
    {
        bool isSent = !IsTo10 && (evenUnasked || exchange.Request.Head.Fields.ListContains("te"u8, "trailers"u8));
        (trailers ??= new()).Announce(name, isSent);
        return isSent;
    }

    /// <summary>Closes the connection after this answer.</summary>
    public void CloseAfter() => KeepsAlive = false;

    /// <summary>Answers with content.</summary>
    /// <param name="status">200 to 599, and none that has no content.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="content">All of the content; left out by itself when the request was HEAD.</param>
    /// <returns>False when the exchange was answered before, or the peer has left.</returns>
    /// <exception cref="InvalidOperationException">A success in answer to CONNECT, which here opens no tunnel (RFC 9110 §9.3.6).</exception>
    public bool Send(int status, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> content)
    {
        ThrowUnlessContentFits(status);
        if (!TryStart()) return false;
        if (!WriteHead(status, contentType, content.Length, isChunked: false, IsToHead ? default : content)) unsent = SharedBytes.Copy(content);
        Finish();
        return true;
    }

    /// <summary>Answers without content: 204, 304, or any status with <c>Content-Length: 0</c>.</summary>
    /// <param name="status">200 to 599.</param>
    /// <returns>As <see cref="Send"/>.</returns>
    public bool SendEmpty(int status)
    {
        if (status is < 200 or > 599) throw new ArgumentOutOfRangeException(nameof(status), status, "This is no final status code.");
        ThrowIfTunnel(status);
        if (!TryStart()) return false;
        WriteHead(status, default, StatusCodes.HasNoContent(status) ? -1 : 0, isChunked: false);
        Finish();
        return true;
    }

    /// <summary>Answers with the problem of a broken rule.</summary>
    /// <param name="fault">The rule.</param>
    /// <returns>As <see cref="Send"/>.</returns>
    public bool SendProblem(HttpFault fault)
    {
        if (started) return false;
        if (HttpFaults.Closes(fault))
        {
            CloseAfter();
            connection.RefusedFor(fault);
        }
        return SendProblem(HttpFaults.StatusOf(fault), HttpFaults.CodeOf(fault), HttpFaults.DetailOf(fault));
    }

    /// <summary>Answers with a problem. RFC 9457.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="code">The stable name of the rule that was broken.</param>
    /// <param name="detail">One sentence for people, without internals.</param>
    /// <returns>As <see cref="Send"/>.</returns>
    public bool SendProblem(int status, string code, string detail) => Send(status, Problem.ContentType, Problem.Write(status, code, detail));

    /// <summary>Begins an answer whose content is written piece by piece; end it, or hold the exchange, before the handler returns.</summary>
    /// <param name="status">200 to 599, and none that has no content.</param>
    /// <param name="contentType">The media type.</param>
    /// <returns>The stream; a closed one when the exchange was answered before, or the peer has left.</returns>
    public BodyStream StartStream(int status, ReadOnlySpan<byte> contentType)
    {
        ThrowUnlessContentFits(status);
        var stream = new BodyStream(exchange, connection.Outbox, isChunked: !IsTo10, hasContent: !IsToHead, trailers);
        if (!TryStart())
        {
            stream.Abandon();
            return stream;
        }
        if (trailers?.Names() is { Length: > 0 } names) AddOwnField("Trailer"u8, names);
        if (IsTo10) CloseAfter(); // RFC 9112 §6.3, item 8: the end of the connection is the end of the content
        WriteHead(status, contentType, -1, isChunked: !IsTo10);
        Stream = stream;
        connection.Outbox.Flush();
        return stream;
    }

    /// <summary>Begins an answer whose content has a known length and is written piece by piece; end it before the handler returns.</summary>
    /// <param name="status">200 to 599, and none that has no content.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="length">Bytes of the content, exactly.</param>
    /// <returns>The stream; an ended one when the exchange was answered before, or the peer has left.</returns>
    public FixedBodyStream StartStream(int status, ReadOnlySpan<byte> contentType, long length)
    {
        ThrowUnlessContentFits(status);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var stream = new FixedBodyStream(exchange, connection.Outbox, length, hasContent: !IsToHead);
        if (TryStart()) WriteHead(status, contentType, length, isChunked: false);
        else stream.Abandon();
        return stream;
    }

    /// <summary>Switches protocols: 101 now, and the connection is <paramref name="to"/>'s when the handler has returned. RFC 9110 §7.8.</summary>
    /// <param name="protocol">The value of the Upgrade field.</param>
    /// <param name="to">Who gets the connection.</param>
    /// <returns>As <see cref="Send"/>.</returns>
    /// <exception cref="InvalidOperationException">The request did not ask for it, or has content.</exception>
    public bool Upgrade(ReadOnlySpan<byte> protocol, IUpgradedHandler to)
    {
        if (!exchange.Request.Head.WantsUpgrade || exchange.Request.Head.Framing.HasContent) throw new InvalidOperationException("The request asks for no upgrade.");
        if (!TryStart()) return false;
        Upgraded = to;
        AddField("Upgrade"u8, protocol);
        WriteHead(101, default, -1, isChunked: false);
        exchange.Complete();
        return true;
    }

    /// <summary>Whether content found no room behind what waits already.</summary>
    internal bool HasUnsent => unsent is not null;

    /// <summary>Content that found no room behind what waits already: the loop sends it when that is gone. The caller releases it.</summary>
    internal SharedBytes? TakeUnsent()
    {
        SharedBytes? taken = unsent;
        unsent = null;
        return taken;
    }

    internal void Release()
    {
        ReleaseFields();
        Upgraded = null;
    }

    void ReleaseFields()
    {
        if (fields.Length > 0) ArrayPool<byte>.Shared.Return(fields);
        (fields, fieldBytes) = ([], 0);
    }

    void AddOwnField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int length = FieldLineWriter.LengthOf(name, value);
        if (fields.Length - fieldBytes < length) GrowFields(fieldBytes + length);
        fieldBytes += FieldLineWriter.Write(fields.AsSpan(fieldBytes), name, value);
    }

    void GrowFields(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstFieldBytes, Math.Max(fields.Length * 2, needed)));
        fields.AsSpan(0, fieldBytes).CopyTo(larger);
        if (fields.Length > 0) ArrayPool<byte>.Shared.Return(fields);
        fields = larger;
    }

    // RFC 9110 §15.3.5, §15.3.6, §15.4.5
    void ThrowUnlessContentFits(int status)
    {
        ThrowIfTunnel(status);
        if (status is > 599 or 205 || StatusCodes.HasNoContent(status)) throw new ArgumentOutOfRangeException(nameof(status), status, "This status has no content.");
    }

    // RFC 9110 §9.3.6: the client would take what follows for a tunnel, and there is none.
    void ThrowIfTunnel(int status)
    {
        if (!refuses && status < 300 && exchange.Request.Method == HttpMethod.Connect) throw new InvalidOperationException("A success in answer to CONNECT opens a tunnel.");
    }

    // RFC 9110 §6.6.1, §8.6, §7.6.1, §6.6.2, RFC 9112 §6.1: a second one could tell another end of the message.
    static bool IsOwnField(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => Ascii.EqualsIgnoreCase(name, "date"u8),
        7 => Ascii.EqualsIgnoreCase(name, "trailer"u8),
        10 => Ascii.EqualsIgnoreCase(name, "connection"u8),
        14 => Ascii.EqualsIgnoreCase(name, "content-length"u8),
        17 => Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8),
        _ => false,
    };

    // A connection goes on only if both sides want it, nobody is leaving, and the request's content can be got out of the way.
    void DecidePersistence()
    {
        if (refuses || connection.Service.IsDraining || connection.IsLastRequest) KeepsAlive = false;
        else if (!exchange.Request.CanDiscardContent(connection.Service.Options.MaxDiscardBytes)) KeepsAlive = false;
    }

    bool TryStart()
    {
        if (started || !exchange.MayAnswer()) return false;
        DecidePersistence();
        return started = true;
    }

    void Finish()
    {
        connection.Outbox.Flush();
        exchange.Complete();
    }

    // With all of the content, or none: false when the content, and only that, has found no room.
    bool WriteHead(int status, ReadOnlySpan<byte> contentType, long contentLength, bool isChunked, ReadOnlySpan<byte> content = default)
    {
        int most = ResponseHeadWriter.MaxStatusLineBytes + OwnFieldBytes + contentType.Length + fieldBytes;
        byte[]? large = most > SmallHeadBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> head = large ?? stackalloc byte[SmallHeadBytes];
        var writer = new ResponseHeadWriter(head);
        writer.StatusLine(status);
        writer.FieldLines(connection.Service.Dates.Line);
        if (!contentType.IsEmpty) writer.OwnField("Content-Type: "u8, contentType);
        if (contentLength >= 0) writer.OwnField("Content-Length: "u8, contentLength);
        if (isChunked) writer.FieldLines("Transfer-Encoding: chunked\r\n"u8);
        if (namesUpgrade) writer.FieldLines("Connection: Upgrade\r\n"u8); // RFC 9110 §7.8: Upgrade is for this connection only
        if (!KeepsAlive && status != 101) writer.FieldLines("Connection: close\r\n"u8);
        if (KeepsAlive && IsTo10) writer.FieldLines("Connection: keep-alive\r\n"u8);
        writer.FieldLines(fields.AsSpan(0, fieldBytes));
        writer.End();
        bool isQueued = connection.Outbox.TryWriteOwed(head[..writer.Length], content, out bool isContentQueued);
        if (large is not null) ArrayPool<byte>.Shared.Return(large);
        ReleaseFields();
        if (!isQueued) connection.GiveUpPeer();
        return isContentQueued || content.IsEmpty;
    }
}
