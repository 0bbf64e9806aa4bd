using System.Net.WebSockets;
using System.Text;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>Real sockets, real concurrency: what is published reaches everyone, once and in one order.</summary>
public sealed class FanOutTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Three_hundred_subscribers_of_three_transports_get_ten_thousand_messages_of_three_writers_once_and_in_one_order()
    {
        const int PerTransport = 100, Messages = 10_000, Writers = 3;
        await using LiveServer server = new(historyMessages: Messages);
        List<string>[] seen = [.. Enumerable.Range(0, 3 * PerTransport).Select(_ => new List<string>(Messages))];
        CountdownEvent open = new(seen.Length);

        Task[] subscribers = [.. seen.Select((own, i) => Task.Run(() => Subscribe(i % 3)(server, "stress", null, () => open.Signal(), message =>
        {
            Assert.NotEqual("", message.Cursor); // nothing is lost: the history holds all of them
            own.Add(message.Data);
            return own.Count < Messages;
        })))];
        Assert.True(open.Wait(Patience), $"{open.CurrentCount} subscribers did not open");
        await Task.WhenAll(PostAsync(server, 0, Messages / Writers), PostAsync(server, 1, Messages / Writers), SendAsync(server, 2, Messages - 2 * (Messages / Writers)));
        await Task.WhenAll(subscribers).WaitAsync(Patience);

        List<string> order = seen[0];
        Assert.Equal(Messages, order.Distinct().Count());
        for (int writer = 0; writer < Writers; writer++)
            Assert.Equal(order.Where(m => m.StartsWith($"{writer}:", StringComparison.Ordinal)).OrderBy(NumberOf), order.Where(m => m.StartsWith($"{writer}:", StringComparison.Ordinal)));
        Assert.All(seen, own => Assert.Equal(order, own));
        Assert.Empty(server.Warnings);
    }

    static Func<LiveServer, string, string?, Action, Subscriber.OnMessage, Task> Subscribe(int transport) => transport switch
    {
        0 => Subscriber.BySocketAsync,
        1 => Subscriber.ByEventsAsync,
        _ => Subscriber.ByPollsAsync,
    };

    static int NumberOf(string data) => int.Parse(data.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);

    static async Task PostAsync(LiveServer server, int writer, int count)
    {
        for (int i = 0; i < count; i++) await server.PublishAsync("stress", $"{writer}:{i}");
    }

    // Without waiting for anything: what holds this writer back is the server not reading on.
    static async Task SendAsync(LiveServer server, int writer, int count)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new(server.SocketAddress, "/ws?channel=stress"), CancellationToken.None);
        Task reading = ReadToEndAsync(socket);
        for (int i = 0; i < count; i++)
            await socket.SendAsync(Encoding.UTF8.GetBytes($"{writer}:{i}"), WebSocketMessageType.Text, true, CancellationToken.None);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await reading;
    }

    static async Task ReadToEndAsync(ClientWebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close) ;
    }
}
