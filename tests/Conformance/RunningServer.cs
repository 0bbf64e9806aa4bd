using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Server;

namespace Conformance;

/// <summary>A server in this process, on a port that was free.</summary>
sealed class RunningServer : IAsyncDisposable
{
    readonly RealtimeServer server;

    RunningServer(RealtimeServer server) => this.server = server;

    /// <summary>The scheme, address and port.</summary>
    public string Http => server.BaseAddress;

    /// <summary>The same for WebSockets.</summary>
    public string Ws => "ws" + Http["http".Length..];

    public int Port => new Uri(Http).Port;

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => server.OpenConnections;

    /// <summary>For what a test asks on the side.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Bounded.Patience };

    /// <param name="options">Its address and port are not looked at.</param>
    /// <param name="port">0 picks a free one; a successor takes that of its predecessor.</param>
    public static RunningServer Start(ServerOptions? options = null, int port = 0) =>
        new(RealtimeServer.Start((options ?? new()) with { Address = IPAddress.Loopback, Port = port }, NullLoggerFactory.Instance, TimeProvider.System));

    /// <summary>Publishes text, and gives back the message's id.</summary>
    public async Task<string> PublishAsync(string text, string channel = "default")
    {
        using StringContent content = new(text, Encoding.UTF8, "text/plain");
        using HttpResponseMessage answer = await Client.PostAsync(new Uri($"{Http}/publish?channel={channel}"), content);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Waits until so many listen by a transport: ws, events or poll.</summary>
    public Task WaitForSubscribersAsync(string transport, int count, string channel = "default") => Bounded.Until(
        async () =>
        {
            using HttpResponseMessage answer = await Client.GetAsync(new Uri($"{Http}/channels/{channel}"));
            if (answer.StatusCode == HttpStatusCode.NotFound) return false;
            JsonElement described = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return described.GetProperty("subscribers").GetProperty(transport).GetInt32() == count;
        },
        $"{channel} has {count} subscribers by {transport}");

    public Task<bool> DrainAsync() => server.DrainAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
    }
}
