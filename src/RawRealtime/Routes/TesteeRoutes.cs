using RawHttp;
using RawHttp.Wire;
using RawRealtime.Delivery;
using RawWebSocket;
using RawWebSocket.Handshake;

namespace RawRealtime.Routes;

/// <summary>What conformance suites expect of a server under test. docs/contract.md, Testee mode. Any valid Host is served.</summary>
/// <param name="whenEnded">Told how each WebSocket ended.</param>
internal sealed class TesteeRoutes(Action<WsConnection, WsEnding> whenEnded) : IHttpHandler
{
    /// <summary>Largest message echoed, in bytes: the suites send up to 16 MiB.</summary>
    public const int MaxMessageBytes = 64 << 20;

    // Context is kept, and small messages are compressed too, so that suites see all of it.
    static readonly WsOptions Options = new()
    {
        Limits = new() { MaxMessageBytes = MaxMessageBytes },
        Compression = new() { MinBytes = 0, ServerContextTakeover = true, ClientContextTakeover = true },
    };
    static readonly OriginRule AllOrigins = new(["*"], allowsAbsent: true);

    readonly EchoSocket echo = new(whenEnded);

    readonly Router router = MapRoutes();

    static ReadOnlySpan<byte> PlainText => "text/plain"u8;

    /// <summary>Echoes messages on every path that is asked for as a WebSocket, and what HTTP suites look at otherwise.</summary>
    public ValueTask HandleAsync(HttpExchange exchange)
    {
        if (!exchange.Request.Head.Fields.ListContains("upgrade"u8, "websocket"u8)) return router.HandleAsync(exchange);
        echo.Open(exchange, AllOrigins, Options);
        return default;
    }

    // The root is a file, so that suites find an entity tag, conditions and ranges.
    static Router MapRoutes()
    {
        Router router = new();
        new StaticFiles(typeof(TesteeRoutes).Assembly, "Testee/").Map(router, "/", "root.txt");
        return router
            .Map(HttpMethod.Post, "/", EchoContentAsync)
            .Map(HttpMethod.Get, "/echo", EchoFields)
            .Map(HttpMethod.Post, "/echo", EchoFields)
            .Map(HttpMethod.Get, "/cookie", EchoCookies);
    }

    // Whole where that is bearable, since then content that breaks a rule at its end is still answered with a refusal.
    static ValueTask EchoContentAsync(HttpExchange exchange) =>
        exchange.Request.Head.Framing.Length > HttpLimits.Default.MaxBodyBytes ? EchoAsItComesAsync(exchange) : EchoWholeAsync(exchange);

    static async ValueTask EchoWholeAsync(HttpExchange exchange)
    {
        HttpFault fault = await exchange.Request.ReadBodyAsync((int)HttpLimits.Default.MaxBodyBytes).ConfigureAwait(false);
        if (fault == HttpFault.None) exchange.Response.Send(200, PlainText, exchange.Request.Body.Span);
        else exchange.Response.SendProblem(fault);
    }

    static async ValueTask EchoAsItComesAsync(HttpExchange exchange)
    {
        BodyPart part = await exchange.Request.ReadBodyPartAsync().ConfigureAwait(false);
        if (part.Fault != HttpFault.None)
        {
            exchange.Response.SendProblem(part.Fault);
            return;
        }
        BodyStream stream = exchange.Response.StartStream(200, PlainText);
        while (part is { IsEnd: false, Fault: HttpFault.None } && await stream.WriteAsync(part.Data).ConfigureAwait(false))
            part = await exchange.Request.ReadBodyPartAsync().ConfigureAwait(false);
        if (part.IsEnd) stream.End();
        else stream.Abort();
    }

    static void EchoFields(HttpExchange exchange)
    {
        using MemoryStream lines = new();
        FieldLines fields = exchange.Request.Head.Fields;
        for (int i = 0; i < fields.Count; i++) WriteLine(lines, fields.NameAt(i), ": "u8, fields.ValueAt(i));
        exchange.Response.Send(200, PlainText, lines.ToArray());
    }

    static void EchoCookies(HttpExchange exchange)
    {
        using MemoryStream lines = new();
        CookieReader cookies = new(exchange.Request.Head.Fields);
        while (cookies.MoveNext()) WriteLine(lines, cookies.Name, "="u8, cookies.Value);
        exchange.Response.Send(200, PlainText, lines.ToArray());
    }

    static void WriteLine(MemoryStream lines, ReadOnlySpan<byte> name, ReadOnlySpan<byte> between, ReadOnlySpan<byte> value)
    {
        lines.Write(name);
        lines.Write(between);
        lines.Write(value);
        lines.WriteByte((byte)'\n');
    }
}
