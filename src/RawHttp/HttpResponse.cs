using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>
/// The answer to a request. One of the Send members, or <see cref="StartStream"/>, or <see cref="Upgrade"/>, and once.
/// Date, Content-Length and Connection are its own affair (RFC 9110 §6.6.1, §8.6, §7.6.1).
/// </summary>
public sealed class HttpResponse
{
    const int OwnFieldBytes = 256;

    readonly HttpConnection connection;
    readonly HttpExchange exchange;
    byte[] fields = new byte[512];
    int fieldBytes;
    byte[] head = new byte[512];
    bool started, refuses;
    SharedBytes? unsent;

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
        started = false;
        fieldBytes = 0;
        Stream = null;
        Upgraded = null;
        KeepsAlive = !refusal && exchange.Request.Head.KeepsAlive;
    }

    /// <summary>Adds a field to the answer, before it is sent.</summary>
    /// <param name="name">A token, and none of Date, Content-Length, Transfer-Encoding, Connection.</param>
    /// <param name="value">No controls, no white space around it.</param>
    /// <exception cref="ArgumentException">Name or value is not what a field may hold.</exception>
    public void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int length = FieldLineWriter.LengthOf(name, value);
        if (fields.Length - fieldBytes < length) Array.Resize(ref fields, Math.Max(fields.Length * 2, fieldBytes + length));
        fieldBytes += FieldLineWriter.Write(fields.AsSpan(fieldBytes), name, value);
    }

    /// <summary>Closes the connection after this answer.</summary>
    public void CloseAfter() => KeepsAlive = false;

    /// <summary>Answers with content.</summary>
    /// <param name="status">200 to 599, and none that has no content.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="content">All of the content; left out by itself when the request was HEAD.</param>
    /// <returns>False when the exchange was answered before, or the peer has left.</returns>
    public bool Send(int status, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> content)
    {
        if (StatusCodes.HasNoContent(status)) throw new ArgumentOutOfRangeException(nameof(status), status, "This status has no content.");
        if (!TryStart()) return false;
        WriteHead(status, contentType, content.Length, isChunked: false);
        if (!IsToHead && !connection.Outbox.TryWrite(content)) unsent = SharedBytes.Copy(content);
        Finish();
        return true;
    }

    /// <summary>Answers without content: 204, 304, or any status with <c>Content-Length: 0</c>.</summary>
    /// <param name="status">200 to 599.</param>
    /// <returns>As <see cref="Send"/>.</returns>
    public bool SendEmpty(int status)
    {
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
        var stream = new BodyStream(exchange, connection.Outbox, isChunked: !IsTo10, hasContent: !IsToHead);
        if (!TryStart())
        {
            stream.Abandon();
            return stream;
        }
        if (IsTo10) CloseAfter(); // RFC 9112 §6.3, item 8: the end of the connection is the end of the content
        WriteHead(status, contentType, -1, isChunked: !IsTo10);
        Stream = stream;
        connection.Outbox.Flush();
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

    /// <summary>Content that found no room behind what waits already: the loop sends it when that is gone. The caller releases it.</summary>
    internal SharedBytes? TakeUnsent()
    {
        SharedBytes? taken = unsent;
        unsent = null;
        return taken;
    }

    internal void Release()
    {
        fields = head = [];
        Upgraded = null;
    }

    // A connection goes on only if both sides want it, nobody is leaving, and the request's content can be got out of the way.
    void DecidePersistence()
    {
        if (refuses || connection.Service.IsDraining || connection.IsLastRequest) KeepsAlive = false;
        else if (!exchange.Request.Content.CanDiscard(connection.Service.Options.MaxDiscardBytes)) KeepsAlive = false;
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

    void WriteHead(int status, ReadOnlySpan<byte> contentType, long contentLength, bool isChunked)
    {
        int most = ResponseHeadWriter.MaxStatusLineBytes + OwnFieldBytes + contentType.Length + fieldBytes;
        if (head.Length < most) head = new byte[most];
        var writer = new ResponseHeadWriter(head);
        writer.StatusLine(status);
        writer.Field("Date"u8, connection.Service.Dates.Now);
        if (!contentType.IsEmpty) writer.Field("Content-Type"u8, contentType);
        if (contentLength >= 0) writer.Field("Content-Length"u8, contentLength);
        if (isChunked) writer.Field("Transfer-Encoding"u8, "chunked"u8);
        if (status == 101) writer.Field("Connection"u8, "Upgrade"u8);
        else if (!KeepsAlive) writer.Field("Connection"u8, "close"u8);
        else if (IsTo10) writer.Field("Connection"u8, "keep-alive"u8);
        writer.FieldLines(fields.AsSpan(0, fieldBytes));
        writer.End();
        if (!connection.Outbox.TryWriteOwed(head.AsSpan(0, writer.Length))) connection.GiveUpPeer();
    }
}
