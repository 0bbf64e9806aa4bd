namespace RawHttp.Client;

/// <summary>
/// Asks one origin, one request after the other, over a connection that is kept as long as both sides keep it and opened anew when they
/// do not. For one caller at a time.
/// </summary>
/// <example>An event stream, each piece as it comes:
/// <code>
/// using HttpOriginClient client = new(HttpOrigin.Of(new("http://localhost:8080/")));
/// using HttpClientResponse events = await client.GetAsync("/events");
/// while (await events.ReadAsync() is { IsEmpty: false } piece) output.Write(piece.Span);
/// </code>
/// </example>
public sealed class HttpOriginClient : IDisposable
{
    readonly Func<CancellationToken, Task<HttpClientConnection>> connect;
    HttpClientConnection? kept;

    /// <summary>Makes a client, not connected yet.</summary>
    /// <param name="origin">Who is asked.</param>
    /// <param name="options">How long is waited and how much is taken; null for the defaults.</param>
    public HttpOriginClient(HttpOrigin origin, HttpClientOptions? options = null)
        : this(cancellation => HttpClientConnection.ConnectAsync(origin, options, cancellation)) => ArgumentNullException.ThrowIfNull(origin);

    internal HttpOriginClient(Func<CancellationToken, Task<HttpClientConnection>> connect) => this.connect = connect;

    /// <summary>Sends GET.</summary>
    /// <param name="target">Path and query.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>As <see cref="SendAsync"/>.</returns>
    public Task<HttpClientResponse> GetAsync(string target, CancellationToken cancellation = default) => SendAsync(new() { Target = target }, cancellation);

    /// <summary>
    /// Sends a request, and gives its answer. When a kept connection turns out to be closed, it is sent once more over a new one:
    /// any request of which nothing was sent, and an idempotent one of whose answer not a byte came (RFC 9110 §9.2.2, RFC 9112 §9.3.1).
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">Something of the request can't be sent.</exception>
    /// <exception cref="InvalidOperationException">The answer before was neither read to its end nor disposed.</exception>
    /// <exception cref="HttpClientException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<HttpClientResponse> SendAsync(HttpClientRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (kept is not null && kept.TryBeginNext())
        {
            try
            {
                return await kept.SendAsync(request, cancellation).ConfigureAwait(false);
            }
            catch (HttpClientException stale) when (MayRepeat(stale, request))
            {
                kept = null; // it closed itself
            }
        }
        if (kept is { IsClosed: false }) throw new InvalidOperationException("Read the answer before to its end, or dispose it.");
        kept = await connect(cancellation).ConfigureAwait(false);
        return await kept.SendAsync(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes the connection, with an answer that may be under way on it.</summary>
    public void Dispose() => kept?.Dispose();

    // Our own limits and our own giving up are no reason to begin again.
    static bool MayRepeat(HttpClientException stale, HttpClientRequest request) =>
        stale.IsUnsent ? stale.Ending != HttpClientEnding.Aborted
        : stale.IsUnanswered && request.CanBeRepeated && stale.Ending is HttpClientEnding.PeerClosed or HttpClientEnding.Broken;
}
