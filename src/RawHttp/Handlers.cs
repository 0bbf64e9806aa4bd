namespace RawHttp;

/// <summary>Answers requests.</summary>
public interface IHttpHandler
{
    /// <summary>
    /// Answers <paramref name="exchange"/>, or holds it, or hands the connection over, before the task completes.
    /// Runs in the connection's loop, one at a time per connection. An exception is a bug: 500, and the connection closes.
    /// </summary>
    /// <param name="exchange">The request and its answer; reused, so not to be kept unless it is held.</param>
    ValueTask HandleAsync(HttpExchange exchange);
}

/// <summary>Whoever answers an exchange later. Each member may be called from the connection's loop or the heartbeat's thread: be short, never wait.</summary>
public interface IHeldExchange
{
    /// <summary>The peer left before the answer; nothing more is to be sent. Told once at most, and then nothing else is told.</summary>
    void OnPeerGone();

    /// <summary>The server is going away: answer soon. Told once at most.</summary>
    void OnDraining();

    /// <summary>The moment given to <see cref="HttpExchange.Hold"/> has come.</summary>
    /// <param name="nowMilliseconds">The heartbeat's time.</param>
    void OnDue(long nowMilliseconds);
}

/// <summary>The protocol that a connection is handed to.</summary>
public interface IUpgradedHandler
{
    /// <summary>Runs until the connection ends. It owns the channel until then, and lets no exception out.</summary>
    /// <param name="channel">The connection, with the bytes that came behind the request.</param>
    Task RunAsync(UpgradedChannel channel);

    /// <summary>The server is going away: end soon. Told once at most, from any thread; be short, never wait.</summary>
    void OnDraining();
}
