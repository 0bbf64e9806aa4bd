using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests;

/// <summary>A connection over a scripted channel and manual time, and what the server told about it.</summary>
sealed class Peer : HttpServerEvents, IHttpHandler, IDisposable
{
    readonly Func<HttpExchange, ValueTask> handler;

    public Peer(Func<HttpExchange, ValueTask> handler, HttpServerOptions? options = null)
    {
        SynchronizationContext.SetSynchronizationContext(null); // so that the loop goes on inside Arrive, not where the test framework puts it
        this.handler = handler;
        Heartbeat = new Heartbeat(Time);
        Server = new HttpServer(options ?? new(), this, Heartbeat, this);
        Running = Server.ServeAsync(Channel);
    }

    public Peer(Action<HttpExchange> handler, HttpServerOptions? options = null) : this(exchange =>
    {
        handler(exchange);
        return default;
    }, options)
    {
    }

    public ManualTime Time { get; } = new();

    public Heartbeat Heartbeat { get; }

    public ScriptedChannel Channel { get; } = new();

    public HttpServer Server { get; }

    public Task Running { get; }

    public List<(HttpEnding Ending, HttpFault Fault, long Requests)> Endings { get; } = [];

    public List<Exception> Bugs { get; } = [];

    public string Sent => Bytes.Text(Channel.TakeSent());

    public ValueTask HandleAsync(HttpExchange exchange) => handler(exchange);

    public override void OnEnded(System.Net.EndPoint? peer, HttpEnding ending, HttpFault fault, long requests) => Endings.Add((ending, fault, requests));

    public override void OnBug(Exception failure) => Bugs.Add(failure);

    /// <summary>What was sent up to now and what follows until it holds <paramref name="text"/>: for answers from another thread.</summary>
    public async Task<string> SentUntil(string text)
    {
        string all = "";
        long total = 0;
        while (true)
        {
            byte[] taken = Channel.TakeSent();
            total = Channel.SentTotal;
            all += Bytes.Text(taken);
            if (all.Contains(text, StringComparison.Ordinal)) return all;
            await Channel.WhenSent(total + 1).WaitAsync(TimeSpan.FromSeconds(10));
        }
    }

    /// <summary>The peer ends its side; gives the one ending the connection had.</summary>
    public async Task<(HttpEnding Ending, HttpFault Fault)> EndAsync()
    {
        Channel.ArriveEnd();
        return await EndingAsync();
    }

    public async Task<(HttpEnding Ending, HttpFault Fault)> EndingAsync()
    {
        await Running.WaitAsync(TimeSpan.FromSeconds(10));
        (HttpEnding ending, HttpFault fault, _) = Assert.Single(Endings);
        return (ending, fault);
    }

    public void Dispose()
    {
        Server.Dispose();
        Channel.Dispose();
        Heartbeat.Dispose();
    }

    public static void Hello(HttpExchange exchange) => exchange.Response.Send(200, "text/plain"u8, "hello"u8);
}
