using System.Net;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>A listener, its connections, and their end. Any thread.</summary>
public sealed class HttpServer : IDisposable
{
    readonly HttpService service;
    readonly Heartbeat heartbeat;
    Listener? listener;

    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="options">How it treats its connections.</param>
    /// <param name="handler">Who answers; <see cref="Router"/> is one.</param>
    /// <param name="heartbeat">The time of all deadlines.</param>
    /// <param name="events">Who is told what happens.</param>
    public HttpServer(HttpServerOptions options, IHttpHandler handler, Heartbeat heartbeat, HttpServerEvents events)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(events);
        service = new(options, handler, heartbeat, events);
        this.heartbeat = heartbeat;
    }

    /// <summary>Where it listens: the port that was picked when 0 was asked for.</summary>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public EndPoint LocalEndPoint => LocalEndPoints[0];

    /// <summary>Where it listens, in the order in which it was told to.</summary>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public IReadOnlyList<EndPoint> LocalEndPoints => (listener ?? throw new InvalidOperationException("The server was not started.")).LocalEndPoints;

    /// <summary>Connections open now, those of other protocols included.</summary>
    public int OpenConnections => service.Open.Count;

    /// <summary>Whether <see cref="DrainAsync"/> was called.</summary>
    public bool IsDraining => service.IsDraining;

    /// <summary>Binds, listens and accepts.</summary>
    /// <param name="addresses">Where, at least one; port 0 picks one. Either it listens at all of them or at none.</param>
    /// <exception cref="ListenException">An address is in use, or not ours.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start(params IReadOnlyList<EndPoint> addresses)
    {
        if (listener is not null) throw new InvalidOperationException("The server was started before.");
        ListenerOptions listening = service.Options.Listening with { PlainOnTlsAnswer = PlainOnTlsAnswer };
        listener = new Listener(addresses, listening, service.Events, heartbeat.Time);
        _ = listener.AcceptAsync(channel => _ = RunAsync(channel));
    }

    /// <summary>Serves one connection, from wherever it comes, until it ends.</summary>
    /// <param name="channel">The connection, owned from here on.</param>
    public Task ServeAsync(ByteChannel channel) => RunAsync(channel).Unwrap();

    /// <summary>
    /// Goes away in order: the listener closes first, so that nobody reconnects to a dying server; idle connections close; held exchanges
    /// and other protocols are told; other answers carry <c>Connection: close</c>. What is left when the time is over is aborted.
    /// </summary>
    /// <param name="atMost">How long it may take.</param>
    /// <returns>True when every connection ended by itself.</returns>
    public async Task<bool> DrainAsync(TimeSpan atMost)
    {
        service.IsDraining = true;
        listener?.Close();
        foreach (IOpenConnection connection in service.Open.Snapshot()) connection.Drain();
        try
        {
            await service.Open.UntilEmptyAsync().WaitAsync(atMost, heartbeat.Time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            AbortAll();
            return false;
        }
    }

    /// <summary>Stops listening and aborts every connection.</summary>
    public void Dispose()
    {
        service.IsDraining = true;
        listener?.Close();
        AbortAll();
    }

    ReadOnlyMemory<byte> PlainOnTlsAnswer() => Problem.Alone(HttpFault.PlainHttpOnTlsPort, service.Dates.Now);

    Task<Task> RunAsync(ByteChannel channel) =>
        new HttpConnection(new Connection(channel, heartbeat, service.Options.MaxUnreadBytes, service.Options.Sending), service).RunAsync();

    void AbortAll()
    {
        foreach (IOpenConnection connection in service.Open.Snapshot()) connection.Abort();
    }
}
