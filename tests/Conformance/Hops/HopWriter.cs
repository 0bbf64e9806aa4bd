using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Conformance.Hops;

/// <summary>
/// Publishes its numbers in order, to each channel in turn, over <c>rawrealtime.v1</c> with several not yet acknowledged. What was under
/// way when the server was killed is never sent again: it may be there, once, or not at all.
/// </summary>
sealed class HopWriter(HopRun run, int writer)
{
    const int Window = 64;

    readonly Queue<int> underWay = new();
    int sent;

    /// <summary>Messages that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Messages that may be there or not.</summary>
    public int Maybe { get; private set; }

    public async Task RunAsync(CancellationToken late)
    {
        while (sent < run.Settings.MessagesOfWriter)
        {
            await run.Server.UpAsync().WaitAsync(late);
            try
            {
                await PublishAsync(late);
            }
            catch (WebSocketException) when (run.Server.MayBreak)
            {
                Maybe += underWay.Count;
                underWay.Clear();
            }
        }
    }

    async Task PublishAsync(CancellationToken late)
    {
        using ClientWebSocket socket = new();
        socket.Options.Proxy = null;
        socket.Options.AddSubProtocol("rawrealtime.v1");
        await socket.ConnectAsync(new($"ws://127.0.0.1:{run.Server.Port}/ws?channel=writers"), late);
        byte[] answer = new byte[4096];
        _ = await socket.ReceiveAsync(answer.AsMemory(), late); // the position, of a channel nobody publishes to
        while (sent < run.Settings.MessagesOfWriter || underWay.Count > 0)
        {
            while (underWay.Count < Window && sent < run.Settings.MessagesOfWriter)
            {
                underWay.Enqueue(++sent); // from here on it may be there
                string publish = $$"""{"type":"publish","channel":"{{Ledger.NameOf(ChannelOf(sent))}}","data":"{{Ledger.TextOf(writer, sent)}}","ref":{{sent}}}""";
                await socket.SendAsync(Encoding.ASCII.GetBytes(publish), WebSocketMessageType.Text, true, late);
            }
            do
            {
                ValueWebSocketReceiveResult part = await socket.ReceiveAsync(answer.AsMemory(), late);
                Assert.True(part.EndOfMessage && part.MessageType == WebSocketMessageType.Text, $"{run.Settings.Replay}, writer {writer}: {part.MessageType} {socket.CloseStatus} instead of an acknowledgement");
                OnAnswer(answer.AsMemory(0, part.Count));
            }
            while (underWay.Count > Window / 2);
        }
        socket.Abort();
    }

    // Answers come in the order of what they answer.
    void OnAnswer(ReadOnlyMemory<byte> json)
    {
        using JsonDocument ack = JsonDocument.Parse(json);
        int number = underWay.Peek();
        string got = $"{run.Settings.Replay}, writer {writer}, number {number}: {ack.RootElement.GetRawText()}";
        Assert.True(ack.RootElement.GetProperty("type"u8).ValueEquals("ack"u8) && ack.RootElement.GetProperty("ref"u8).GetInt32() == number, got);
        run.OnStored(ChannelOf(number), ack.RootElement.GetProperty("id"u8).GetString()!, writer, number);
        underWay.Dequeue();
        Acknowledged++;
        run.Progress.Advance();
    }

    int ChannelOf(int number) => (writer + number) % HopSettings.Channels;
}
