using System.Net;
using System.Reflection;
using Microsoft.Extensions.Logging;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawNet;
using RawRealtime.Access;
using RawRealtime.Routes;
using RawRealtime.Storage;
using RawWebSocket.Handshake;

namespace RawRealtime.Server;

/// <summary>The standalone server: one hub, its routes, one door.</summary>
internal sealed class RealtimeServer : IAsyncDisposable
{
#if DEBUG
    const bool IsDebugBuild = true;
#else
    const bool IsDebugBuild = false;
#endif

    // Longer than any handler needs, and well below what a client waits for.
    const int HeldThreadMilliseconds = 250;

    readonly ServerOptions options;
    readonly Heartbeat heartbeat;
    readonly HubClock clock;
    readonly SendBudget sending;
    readonly HubStore? store;
    readonly Presence presence;
    readonly Publisher publisher;
    readonly HttpServer http;
    readonly CertificateWatch? certificates;
    readonly ServerLog events;

    /// <summary>One that listens nowhere: <see cref="Start"/> binds it, a test gives it its connections.</summary>
    internal RealtimeServer(ServerOptions options, ILogger log, TimeProvider time, IHubScheduler scheduler, Func<Epoch> drawEpoch)
    {
        this.options = options;
        heartbeat = new(time);
        events = new(log);
        if (options.Verbose || IsDebugBuild) heartbeat.Watch = new(HeldThreadMilliseconds, events.OnThreadHeld);
        sending = options.Http.Sending.Budget ?? new(SendBudget.QuarterOfMemory);
        presence = new(() => publisher!);
        store = options.Store is { } where ? new(where, events) : null;
        Hub = new(HubOptionsOf(options, events, drawEpoch), scheduler);
        publisher = new(Hub, time);
        store?.Open(Hub, time.GetUtcNow().ToUnixTimeMilliseconds());
        clock = new(Hub, heartbeat);
        certificates = CertificateWatch.Start(options.Tls, events, time);
        HttpServerOptions serving = options.Http with { Listening = ListeningOf(options, certificates), Sending = options.Http.Sending with { Budget = sending } };
        if (options.IsTestee) serving = serving with { Limits = serving.Limits with { MaxBodyBytes = long.MaxValue } }; // it sends content back as it comes
        http = new(serving, options.IsTestee ? new TesteeRoutes(events.OnSocketEnded) : Gated(time), heartbeat, events);
    }

    /// <summary>All channels.</summary>
    public Hub Hub { get; }

    /// <summary>Connections open now.</summary>
    public int OpenConnections => http.OpenConnections;

    /// <summary>Whether it serves what conformance suites look at, and nothing else.</summary>
    public bool IsTestee => options.IsTestee;

    /// <summary>Whether other machines may reach it and nothing is asked of them.</summary>
    public bool IsOpenToOthers => options.IsOpenToOthers;

    /// <summary>Where it is, for people: <c>http://127.0.0.1:5000</c>, <c>unix:/run/rawrealtime.sock</c>.</summary>
    public IReadOnlyList<string> Addresses => [.. http.LocalEndPoints.Select(AddressOf)];

    /// <summary>What to put before a path in a client; <c>http://localhost</c> when it listens on Unix-domain sockets alone.</summary>
    public string BaseAddress => AddressOf(http.LocalEndPoints.FirstOrDefault(at => at is IPEndPoint)) is { Length: > 0 } tcp ? tcp : "http://localhost";

    /// <summary>The Unix-domain socket that a client must be told beside <see cref="BaseAddress"/>; null when there is a port.</summary>
    public string? SocketFile => http.LocalEndPoints.Any(at => at is IPEndPoint) ? null : http.LocalEndPoint.ToString();

    /// <summary>Binds and serves.</summary>
    /// <exception cref="ListenException">An address is in use, or not ours.</exception>
    /// <exception cref="CertificateException">A certificate is of no use.</exception>
    /// <exception cref="StoreException">The folder for messages is of no use.</exception>
    public static RealtimeServer Start(ServerOptions options, ILoggerFactory logs, TimeProvider time)
    {
        RealtimeServer server = new(options, logs.CreateLogger("rawrealtime"), time, new PoolScheduler(), Epoch.Draw);
        try
        {
            server.http.Start(options.EndPoints);
            server.Warn();
            return server;
        }
        catch
        {
            server.Stop();
            throw;
        }
    }

    /// <summary>Serves one connection, from wherever it comes, until it ends.</summary>
    internal Task ServeAsync(ByteChannel channel) => http.ServeAsync(channel);

    /// <summary>Goes away in order: nobody new, everybody told, the rest aborted when the drain time is over.</summary>
    /// <returns>True when every connection ended by itself.</returns>
    public Task<bool> DrainAsync() => http.DrainAsync(options.DrainTime);

    /// <summary>Ends everything at once.</summary>
    public ValueTask DisposeAsync()
    {
        Stop();
        return default;
    }

    void Stop()
    {
        http.Dispose();
        store?.Dispose();
        certificates?.Dispose();
        clock.Dispose();
        heartbeat.Dispose();
    }

    string AddressOf(EndPoint? at)
    {
        if (at is not IPEndPoint tcp) return at is null ? "" : $"unix:{at}";
        bool everywhere = tcp.Address.Equals(IPAddress.Any) || tcp.Address.Equals(IPAddress.IPv6Any);
        return $"{(options.Tls.IsEmpty ? "http" : "https")}://{new IPEndPoint(everywhere ? IPAddress.Loopback : tcp.Address, tcp.Port)}";
    }

    void Warn()
    {
        if (IsOpenToOthers) events.OnOpenToOthers();
        foreach (string notice in options.Tokens?.Keys.Notices ?? []) events.OnTokenKeyLeftAside(notice);
    }

    HubOptions HubOptionsOf(ServerOptions options, ServerLog events, Func<Epoch> drawEpoch) => new()
    {
        DrawEpoch = drawEpoch,
        Store = store,
        HistoryTotalBytes = options.HistoryTotalBytes,
        Slow = options.Slow,
        SlowChannels = options.SlowChannels,
        OnPresence = presence.OnChanged,
        HistoryMessages = options.HistoryMessages,
        HistoryBytes = options.HistoryBytes,
        HistoryAgeMs = (long)options.HistoryAge.TotalMilliseconds,
        OnFailed = (_, failure) => events.OnBug(failure),
    };

    static ListenerOptions ListeningOf(ServerOptions options, CertificateWatch? certificates) => options.Http.Listening with
    {
        Tls = certificates?.Certificates,
        MaxConnectionsPerAddress = options.MaxConnectionsPerAddress,
        ProxyHeaderFrom = options.ProxyHeaderFrom,
        UnixMode = options.ListenMode,
        ServesOnAcceptingThread = options.HasInlineCompletions,
    };

    Gate Gated(TimeProvider time) =>
        new(new([.. options.EndPoints.OfType<IPEndPoint>().Select(at => at.Address)], options.AllowedHosts), new(options.AllowedOrigins), MapRoutes(time));

    Router MapRoutes(TimeProvider time)
    {
        OriginRule origins = new(options.AllowedOrigins, allowsAbsent: true); // no browser leaves it out: curl and programs do
        Grants grants = new(options.IsTestee ? null : options.Tokens, options.AllowedOrigins, time);
        SocketRoutes sockets = new(publisher, origins, grants, new() { Compression = options.Compression }, events.OnSocketEnded);
        EventsRoute streams = new(Hub, grants, options.EventStreams, () => http.IsDraining);
        PollRoute polls = new(Hub, grants);
        PublishRoute publishing = new(publisher, origins, grants);
        ChannelRoutes channels = new(publisher, origins, grants);
        Router router = new();
        MapAssets(router);
        if (options.RootFolder is { } root) router.Map(HttpMethod.Get, "*", FromPool(new DirectoryFiles(root).AnswerAsync));
        return router
            .Map(HttpMethod.Get, "/ws", sockets.Subscribe)
            .Map(HttpMethod.Get, "/echo", sockets.Echo)
            .Map(HttpMethod.Get, "/events", streams.Subscribe)
            .Map(HttpMethod.Get, "/poll", polls.Poll)
            .Map(HttpMethod.Post, "/publish", publishing.PublishAsync)
            .Map(HttpMethod.Get, "/channels", channels.List)
            .Map(HttpMethod.Get, "/channels/{channel}", channels.Describe)
            .Map(HttpMethod.Delete, "/channels/{channel}", channels.DeleteAsync)
            .Map(HttpMethod.Get, "/channels/{channel}/subscribers", channels.Subscribers)
            .Map(HttpMethod.Get, "/metrics", new MetricsRoute(Hub, sending, () => http.OpenConnections).Answer)
            .Map(HttpMethod.Get, "/healthz", Health)
            .Map(HttpMethod.Get, "/readyz", Readiness);
    }

    // It lives, but there is no use in sending publishers here.
    void Readiness(HttpExchange exchange)
    {
        if (Hub.HasStoreFailed) exchange.Refuse(ServerFault.StoreFailed);
        else Health(exchange);
    }

    // A disk may take its time, and the thread of a request may be the one that all sockets share.
    static Func<HttpExchange, ValueTask> FromPool(Func<HttpExchange, ValueTask> handler) => async exchange =>
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await handler(exchange).ConfigureAwait(false);
    };

    void Health(HttpExchange exchange)
    {
        if (http.IsDraining) exchange.Refuse(ServerFault.Draining);
        else exchange.Response.Send(200, "text/plain; charset=utf-8"u8, "ok\n"u8);
    }

    // Every file under Assets has the path it has there; the page itself is at the root.
    static void MapAssets(Router router)
    {
        const string Prefix = "Assets/";
        Assembly assembly = typeof(RealtimeServer).Assembly;
        StaticFiles files = new(assembly, Prefix);
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string path = name[Prefix.Length..];
            files.Map(router, path == "index.html" ? "/" : "/" + path, path);
        }
    }
}
