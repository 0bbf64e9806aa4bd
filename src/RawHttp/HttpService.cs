using RawNet;

namespace RawHttp;

/// <summary>What all connections of a server share.</summary>
/// <param name="options">How connections are treated.</param>
/// <param name="handler">Who answers.</param>
/// <param name="heartbeat">The time of all deadlines.</param>
/// <param name="events">Who is told.</param>
sealed class HttpService(HttpServerOptions options, IHttpHandler handler, Heartbeat heartbeat, HttpServerEvents events)
{
    volatile bool isDraining;

    internal HttpServerOptions Options => options;

    internal IHttpHandler Handler => handler;

    internal HttpServerEvents Events => events;

    internal OpenConnections Open { get; } = new();

    internal DateClock Dates { get; } = new(heartbeat);

    /// <summary>Whether the server is going away; set once, before the connections are told.</summary>
    internal bool IsDraining { get => isDraining; set => isDraining = value; }
}
