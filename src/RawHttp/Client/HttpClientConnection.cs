using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Security.Authentication;
using RawHttp.Wire;
using RawNet;

namespace RawHttp.Client;

/// <summary>
/// One connection to a server, client role: one request at a time, each with its answer, as long as both sides keep it (RFC 9112 §9.3).
/// For one caller at a time; only <see cref="Abort"/> may come from another thread.
/// </summary>
public sealed partial class HttpClientConnection : IDeadlineOwner, IDisposable
{
    readonly Connection connection;
    readonly HttpClientOptions options;
    readonly ExchangeDeadline deadline;
    HttpClientResponse? current;
    RequestSender? sender;
    HttpClientException? failure;
    Exception? contentFailure;
    int ending;
    bool isSending, isClosed;

    /// <summary>A client on a connection that is there already.</summary>
    /// <param name="connection">The connection, which it then owns, with its deadline.</param>
    /// <param name="origin">What the connection leads to.</param>
    /// <param name="options">How long is waited and how much is taken.</param>
    public HttpClientConnection(Connection connection, HttpOrigin origin, HttpClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(options);
        (this.connection, Origin, this.options) = (connection, origin, options);
        heads = new(options.Limits);
        deadline = new(connection.Deadline);
        connection.Deadline.Owner = this;
    }

    /// <summary>What the connection leads to.</summary>
    public HttpOrigin Origin { get; }

    /// <summary>
    /// Whether another request may be sent: the last answer was read to its end, and neither side closes. The server may still do so
    /// at any moment (RFC 9112 §9.5); that, only the next request shows.
    /// </summary>
    public bool CanSend => !isClosed && !isSending && current is null or { IsComplete: true };

    /// <summary>A rule that the server broke after its last answer was complete: <see cref="HttpFault.UnaskedAnswer"/>, or None.</summary>
    public HttpFault FaultBehindAnswer { get; private set; }

    /// <summary>Connects.</summary>
    /// <param name="origin">Where to.</param>
    /// <param name="options">How long is waited and how much is taken; null for the defaults.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="HttpClientException">The server can't be reached, in time or at all, or TLS could not be agreed on.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<HttpClientConnection> ConnectAsync(HttpOrigin origin, HttpClientOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(origin);
        options ??= HttpClientOptions.Default;
        Heartbeat heartbeat = options.Heartbeat ?? Heartbeat.Shared;
        using CancellationTokenSource late = new(TimeSpan.FromMilliseconds(options.ConnectMilliseconds), heartbeat.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            ByteChannel channel = await Connector.ConnectAsync(origin.Address, origin.IsSecure ? origin.Host : null, options.Tls, either.Token).ConfigureAwait(false);
            return new(new Connection(channel, heartbeat, options.MaxUnreadBytes, options.Sending), origin, options);
        }
        catch (Exception unreachable) when (EndingOf(unreachable) != HttpClientEnding.None && !cancellation.IsCancellationRequested)
        {
            throw new HttpClientException(EndingOf(unreachable), HttpFault.None, unreachable) { IsUnsent = true, IsUnanswered = true };
        }
    }

    static HttpClientEnding EndingOf(Exception unreachable) => unreachable switch
    {
        OperationCanceledException => HttpClientEnding.ConnectTimedOut,
        AuthenticationException => HttpClientEnding.TlsFailed,
        SocketException or IOException => HttpClientEnding.ConnectFailed,
        _ => HttpClientEnding.None,
    };

    /// <summary>Sends a request and reads the head of its answer. 1xx answers are passed over, but for 101.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Gives up until the head is here, and the connection with it.</param>
    /// <returns>The answer; its content is read piece by piece.</returns>
    /// <exception cref="ArgumentException">Something of the request can't be sent, or not together. Nothing was sent.</exception>
    /// <exception cref="InvalidOperationException">The connection carries no request now, see <see cref="CanSend"/>.</exception>
    /// <exception cref="HttpClientException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<HttpClientResponse> SendAsync(HttpClientRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        byte[] head = ClientHead.Write(request, Origin);
        cancellation.ThrowIfCancellationRequested();
        if (!TryBeginNext()) throw new InvalidOperationException("This connection carries no request now: it is closed, or the last answer was not read to its end.");
        isSending = true;
        using CancellationTokenRegistration abort = AbortOn(cancellation);
        try
        {
            await CheckQuietAsync().ConfigureAwait(false);
            return await ExchangeAsync(request, head).ConfigureAwait(false);
        }
        catch (Exception broken) when (IsOfTheStream(broken))
        {
            throw Explain(broken, cancellation);
        }
    }

    /// <summary>Ends the connection at once; whoever waits is told <see cref="HttpClientEnding.Aborted"/>. Any thread.</summary>
    public void Abort() => End(HttpClientEnding.Aborted);

    /// <summary>Closes the connection. What is under way ends as by <see cref="Abort"/>.</summary>
    public void Dispose() => Close();

    void IDeadlineOwner.OnDue(long nowMilliseconds)
    {
        switch (deadline.TakeOverTime(nowMilliseconds))
        {
            case ClientWait.Continue: sender?.GoOn(); break;
            case ClientWait.Head: End(HttpClientEnding.HeadTimedOut); break;
            case ClientWait.Content: End(HttpClientEnding.ContentTimedOut); break;
            case ClientWait.Whole: End(HttpClientEnding.WholeTimedOut); break;
        }
    }

    async ValueTask<HttpClientResponse> ExchangeAsync(HttpClientRequest request, byte[] head)
    {
        (sender, progress) = (new(request, connection.Outbox), Progress.Unanswered);
        deadline.Begin(options.WholeMilliseconds is { } whole ? Now + whole : long.MaxValue);
        if (request.ExpectsContinue) deadline.Wait(ClientWait.Continue, Now + options.ContinueMilliseconds);
        _ = RunSenderAsync(sender, head);
        ResponseHead answer = await ReadFinalHeadAsync(request).ConfigureAwait(false);
        deadline.Rest();
        // RFC 9112 §9.5: a server that refuses or closes wants no more content, and one that never asked for it wants none.
        if (!sender.IsComplete && (answer.Status >= 300 || !answer.KeepsAlive || sender.IsHeldBack)) sender.Stop();
        HttpMethod method = request.Method == "HEAD" ? HttpMethod.Head : HttpMethod.Get; // all others are alike here, CONNECT is not sent
        HttpFault fault = BodyFraming.OfResponse(answer.Fields, answer.Version, answer.Status, method, out BodyFraming framing);
        if (fault != HttpFault.None) throw Refuse(fault);
        keeps = answer.KeepsAlive && !request.IsLast && framing.Kind != BodyKind.UntilEnd;
        isSending = false;
        current = new(this, answer, framing, options.Limits);
        current.TryFinish();
        return current;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The source is the application's, and may throw anything; whoever waits for the answer is told.")]
    async Task RunSenderAsync(RequestSender request, byte[] head)
    {
        try
        {
            await request.RunAsync(head).ConfigureAwait(false);
            deadline.Change(ClientWait.Sending, ClientWait.Head, Now + options.HeadMilliseconds);
        }
        catch (Exception failed)
        {
            contentFailure = failed;
            End(HttpClientEnding.ContentFailed);
        }
    }

    /// <summary>Whether another request may be sent, now that the last answer is not looked at any more.</summary>
    internal bool TryBeginNext()
    {
        current?.TryFinish();
        return CanSend;
    }

    long Now => connection.Heartbeat.NowMilliseconds;

    CancellationTokenRegistration AbortOn(CancellationToken cancellation) =>
        cancellation.UnsafeRegister(static me => ((HttpClientConnection)me!).Abort(), this);

    // The first reason counts. Whoever receives or sends fails by it, and closes.
    void End(HttpClientEnding why)
    {
        if (Interlocked.CompareExchange(ref ending, (int)why, 0) == 0) connection.Abort();
    }
}
