using RawHttp.Client;
using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

public sealed class ContentSenderTests : IDisposable
{
    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly ScriptedChannel channel = new();
    readonly SendQueue outbox;

    public ContentSenderTests() => outbox = new(channel, heartbeat, new() { MaxBytes = 100_000 });

    public void Dispose()
    {
        outbox.Dispose();
        channel.Dispose();
        heartbeat.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_takes_nothing_holds_the_source_back(bool isChunked)
    {
        ContentSender sender = new(outbox, isChunked);
        channel.SendsStall = true;
        Task<bool> writing = sender.WriteAsync(new byte[300_000]).AsTask();
        Assert.False(writing.IsCompleted);
        Assert.InRange(outbox.QueuedBytes, 50_000, 70_000); // a piece, not all of it
        channel.SendsStall = false;
        Assert.True(await writing.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.True(await outbox.WaitForEmptyAsync());
        Assert.Equal(300_000, isChunked ? ContentOf(channel.Sent) : channel.Sent.Length);
    }

    [Fact]
    public async Task After_a_stop_nothing_more_is_taken()
    {
        ContentSender sender = new(outbox, isChunked: true);
        sender.Stop();
        Assert.False(await sender.WriteAsync("late"u8.ToArray()));
        Assert.Empty(channel.Sent);
    }

    [Fact]
    public async Task After_the_connection_broke_nothing_more_is_taken()
    {
        ContentSender sender = new(outbox, isChunked: true);
        outbox.Dispose();
        Assert.False(await sender.WriteAsync("late"u8.ToArray()));
    }

    static int ContentOf(byte[] chunks)
    {
        ChunkedBodyReader reader = new(HttpLimits.Default);
        int content = 0;
        for (int spent = 0; spent < chunks.Length;)
        {
            ReadResult result = reader.Read(chunks.AsSpan(spent), out ReadOnlySpan<byte> data);
            Assert.Equal(ReadStatus.Done, result.Status);
            spent += result.Consumed;
            content += data.Length;
        }
        return content;
    }
}
