using System.Collections.Concurrent;
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using RawRealtime.Server;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>The whole server on a free loopback port, and everything it logs as a warning or worse.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    readonly KeptLog log = new();
    readonly ILoggerFactory logs;
    readonly RealtimeServer server;

    public LiveServer(int historyMessages = 1000)
    {
        logs = LoggerFactory.Create(build => build.SetMinimumLevel(LogLevel.Warning).AddProvider(log));
        server = RealtimeServer.Start(new() { Port = 0, HistoryMessages = historyMessages }, logs, TimeProvider.System);
        Http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new(server.BaseAddress), Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpClient Http { get; }

    public Uri SocketAddress => new("ws" + server.BaseAddress[4..]);

    /// <summary>What was logged; a run without bugs leaves it empty.</summary>
    public IReadOnlyCollection<string> Warnings => log.Lines;

    public async Task<string> PublishAsync(string channel, string data)
    {
        using StringContent content = new(data);
        using HttpResponseMessage answer = await Http.PostAsync($"/publish?channel={channel}", content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Published>())!.Id;
    }

    /// <summary>Waits until the connections of others are gone: only those that <see cref="Http"/> keeps are left.</summary>
    public async Task UntilOnlyOwnConnectionsAsync()
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        while (server.OpenConnections > 1)
        {
            late.Token.ThrowIfCancellationRequested();
            await Http.GetAsync("/healthz", late.Token); // one keep-alive connection, and a moment of the server's time
        }
    }

    /// <summary>Waits until the server has noticed that the subscribers of a channel are gone.</summary>
    public async Task UntilNobodySubscribesAsync(string channel)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        const string Nobody = "\"subscribers\":{\"ws\":0,\"events\":0,\"poll\":0}";
        while (!(await Http.GetStringAsync($"/channels/{channel}", late.Token)).Contains(Nobody, StringComparison.Ordinal)) late.Token.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.DisposeAsync();
        logs.Dispose();
    }

    sealed record Published(string Id);

    sealed class KeptLog : ILoggerProvider, ILogger
    {
        readonly ConcurrentQueue<string> lines = [];

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
