using System.Collections.Concurrent;
using System.Net;
using RawHttp;
using RawHttp.Wire;
using RawNet;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Client;

/// <summary>Speaks to a client under test as Autobahn's fuzzing server does, with cases that send one text and want it back.</summary>
internal sealed class FuzzingServer : IDisposable
{
    readonly HttpServer http;
    readonly string? count;
    readonly int silentCase;

    /// <param name="count">What it says to /getCaseCount; null for nothing.</param>
    /// <param name="silentCase">The case in which it never closes.</param>
    public FuzzingServer(string? count, int silentCase = 0)
    {
        (this.count, this.silentCase) = (count, silentCase);
        http = new(new(), new Router().Map(HttpMethod.Get, "*", Open), Heartbeat.Shared, new HttpServerEvents());
        http.Start(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public Uri Address => new($"ws://{http.LocalEndPoint}");

    /// <summary>What was asked for, and what the cases heard.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public void Dispose() => http.Dispose();

    void Open(HttpExchange exchange)
    {
        string target = System.Text.Encoding.ASCII.GetString(exchange.Request.Head.TargetBytes);
        Asked.Enqueue(target);
        string? text = target == "/getCaseCount" ? count : target.StartsWith("/runCase", StringComparison.Ordinal) ? $"text of {target}" : null;
        WsUpgrade.Accept(exchange, new Case(this, text, wantsEcho: target != "/getCaseCount", isSilent: target.StartsWith($"/runCase?case={silentCase}&", StringComparison.Ordinal)), WsOptions.Default);
    }

    sealed class Case(FuzzingServer server, string? text, bool wantsEcho, bool isSilent) : IWsHandler
    {
        public void OnOpened(WsConnection connection)
        {
            if (isSilent) return;
            if (text is not null) connection.TrySendText(WsMessage.OfText(text).Payload.Span);
            if (text is null || !wantsEcho) connection.Close(CloseCode.Normal);
        }

        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
        {
            server.Asked.Enqueue("echo of " + message.AsText());
            connection.Close(CloseCode.Normal);
            return default;
        }
    }
}
