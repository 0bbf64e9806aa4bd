using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RawHub;
using RawRealtime.Server;
using RawWebSocket.Wire;
using Testing;

namespace House;

/// <summary>
/// Warm, a message costs no allocation: through the whole server, from the bytes of a socket to the bytes of all sockets. Over
/// scripted channels and on one thread, so that each byte allocated is seen.
/// </summary>
public sealed class AllocationTests : IDisposable, IHubScheduler
{
    const int Messages = 2000;

    readonly RealtimeServer server;
    readonly List<ScriptedChannel> channels = [];

    public AllocationTests()
    {
        SynchronizationContext.SetSynchronizationContext(null); // so that loops go on inside Arrive, on this thread
        server = new(new() { HistoryMessages = 100 }, NullLogger.Instance, new ManualTime(), this, Epoch.Draw);
    }

    public void Dispose()
    {
        foreach (ScriptedChannel channel in channels) channel.Dispose();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    void IHubScheduler.Schedule(IHubWork work) => work.Execute();

    [SkippableTheory]
    [InlineData(16)]
    [InlineData(125)]
    [InlineData(3000)]
    public void A_warm_echo_allocates_nothing(int payloadBytes)
    {
        SkipDebug();
        ScriptedChannel client = Open("/echo");

        Assert.Equal(0, AllocatedBy(client, Frame(payloadBytes)));
        Assert.Equal((long)Allocated.Rounds * Messages * WsWriter.ForServer.SizeOf(payloadBytes), client.SentTotal - client.Sent.Length);
    }

    [SkippableTheory]
    [InlineData(16)]
    [InlineData(3000)]
    public void A_warm_fan_out_to_WebSockets_and_event_streams_allocates_nothing(int payloadBytes)
    {
        SkipDebug();
        ScriptedChannel publisher = Open("/ws?channel=other&channel=news"); // hears both; publishes to the first
        ScriptedChannel[] hearing = [Open("/ws?channel=other"), Open("/ws?channel=other", "rawrealtime.v1"), Stream("/events?channel=other"), Stream("/events?channel=other&format=json")];

        Assert.Equal(0, AllocatedBy(publisher, Frame(payloadBytes)));
        Assert.All(hearing, subscriber => Assert.True(subscriber.SentTotal > (long)Allocated.Rounds * Messages * payloadBytes, $"only {subscriber.SentTotal} bytes were sent"));
    }

    [SkippableTheory]
    [InlineData("GET /healthz HTTP/1.1")]
    [InlineData("HEAD /healthz HTTP/1.1")]
    [InlineData("GET /healthz?a=b%20c HTTP/1.1\r\nUser-Agent: Mozilla/5.0\r\nAccept: */*\r\nAccept-Encoding: gzip, br\r\nConnection: keep-alive")]
    [InlineData("GET /healthz HTTP/1.0\r\nConnection: keep-alive")]
    public void A_warm_keep_alive_GET_allocates_nothing(string request)
    {
        SkipDebug();
        ScriptedChannel client = new();
        channels.Add(client);
        _ = server.ServeAsync(client);
        byte[] bytes = Encoding.ASCII.GetBytes(request + "\r\nHost: localhost\r\n\r\n");
        client.Arrive(bytes);
        string answer = Encoding.UTF8.GetString(client.Sent);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);

        Assert.Equal(0, AllocatedBy(client, bytes));
        Assert.Equal(((long)Allocated.Rounds * Messages + 1) * answer.Length, client.SentTotal);
    }

    static void SkipDebug()
    {
#if DEBUG
        Skip.If(true, "in debug builds every async state machine is an object; run with -c Release");
#endif
    }

    static long AllocatedBy(ScriptedChannel client, byte[] frame)
    {
        client.KeepsSent = false;
        return Allocated.Least(() =>
        {
            for (int i = 0; i < Messages; i++) client.Arrive(frame);
        });
    }

    static byte[] Frame(int payloadBytes)
    {
        WsWriter writer = WsWriter.ForClient(new RandomMaskKeys());
        byte[] frame = new byte[writer.SizeOf(payloadBytes)];
        writer.Write(frame, Opcode.Text, Encoding.ASCII.GetBytes(new string('x', payloadBytes)));
        return frame;
    }

    ScriptedChannel Open(string target, string? subprotocol = null) => Connect(target, $"""
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        {(subprotocol is null ? "X-None: 1" : "Sec-WebSocket-Protocol: " + subprotocol)}
        """, "HTTP/1.1 101 ");

    ScriptedChannel Stream(string target) => Connect(target, "Accept: text/event-stream", "HTTP/1.1 200 ");

    ScriptedChannel Connect(string target, string fields, string expected)
    {
        ScriptedChannel channel = new();
        channels.Add(channel);
        _ = server.ServeAsync(channel);
        channel.Arrive($"GET {target} HTTP/1.1\nHost: localhost\n{fields}\n\n".ReplaceLineEndings("\r\n"));
        Assert.StartsWith(expected, Encoding.UTF8.GetString(channel.Sent));
        channel.KeepsSent = false;
        return channel;
    }
}
