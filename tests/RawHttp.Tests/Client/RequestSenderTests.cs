using RawHttp.Client;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

public sealed class RequestSenderTests : IDisposable
{
    static readonly byte[] Head = "HEAD|"u8.ToArray();

    readonly Heartbeat heartbeat = new(new ManualTime());
    readonly ScriptedChannel channel = new();
    readonly SendQueue outbox;

    public RequestSenderTests() => outbox = new(channel, heartbeat, SendQueueOptions.Default);

    public void Dispose()
    {
        outbox.Dispose();
        channel.Dispose();
        heartbeat.Dispose();
    }

    [Fact]
    public async Task A_head_and_a_small_content_leave_together()
    {
        RequestSender sender = new(new() { Content = "content"u8.ToArray() }, outbox);
        await sender.RunAsync(Head);
        Assert.Equal(("HEAD|content", 1, true), (Bytes.Text(channel.Sent), channel.SendCalls, sender.IsComplete));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_head_without_content_leaves_at_once(bool saysSo)
    {
        RequestSender sender = new(new() { Content = saysSo ? ReadOnlyMemory<byte>.Empty : null }, outbox);
        await sender.RunAsync(Head);
        Assert.Equal(("HEAD|", true), (Bytes.Text(channel.Sent), sender.IsComplete));
    }

    [Fact]
    public async Task A_source_sends_chunks_and_their_end()
    {
        RequestSender sender = new(new() { ContentSource = async to => Assert.True(await to.WriteAsync("hello"u8.ToArray()) && await to.WriteAsync(default)) }, outbox);
        await sender.RunAsync(Head);
        Assert.Equal(("HEAD|5\r\nhello\r\n0\r\n\r\n", true), (Bytes.Text(channel.Sent), sender.IsComplete));
    }

    [Fact]
    public async Task A_source_of_nothing_sends_the_end_alone()
    {
        RequestSender sender = new(new() { ContentSource = _ => Task.CompletedTask }, outbox);
        await sender.RunAsync(Head);
        Assert.Equal("HEAD|0\r\n\r\n", Bytes.Text(channel.Sent));
    }

    [Fact]
    public async Task Content_is_held_back_until_it_is_asked_for()
    {
        RequestSender sender = new(new() { Content = "content"u8.ToArray(), ExpectsContinue = true }, outbox);
        Task sending = sender.RunAsync(Head);
        Assert.Equal(("HEAD|", true, false), (Bytes.Text(channel.Sent), sender.IsHeldBack, sender.IsComplete));
        sender.GoOn();
        await sending;
        Assert.Equal(("HEAD|content", false, true), (Bytes.Text(channel.Sent), sender.IsHeldBack, sender.IsComplete));
    }

    [Fact]
    public async Task Content_that_is_not_wanted_is_not_sent_and_the_request_never_complete()
    {
        RequestSender sender = new(new() { ContentSource = _ => throw new InvalidOperationException("never called"), ExpectsContinue = true }, outbox);
        Task sending = sender.RunAsync(Head);
        sender.Stop();
        await sending;
        Assert.Equal(("HEAD|", false), (Bytes.Text(channel.Sent), sender.IsComplete));
    }

    [Fact]
    public async Task A_source_that_is_stopped_on_its_way_sends_no_end()
    {
        RequestSender? sender = null;
        sender = new(new() { ContentSource = WriteTwiceAsync }, outbox);
        await sender.RunAsync(Head);
        Assert.Equal(("HEAD|1\r\na\r\n", false), (Bytes.Text(channel.Sent), sender.IsComplete));

        async Task WriteTwiceAsync(ContentSender to)
        {
            Assert.True(await to.WriteAsync("a"u8.ToArray()));
            sender!.Stop();
            Assert.False(await to.WriteAsync("b"u8.ToArray()));
        }
    }

    [Fact]
    public async Task What_the_source_throws_comes_out()
    {
        RequestSender sender = new(new() { ContentSource = _ => throw new FormatException() }, outbox);
        await Assert.ThrowsAsync<FormatException>(() => sender.RunAsync(Head));
        Assert.False(sender.IsComplete);
    }

    [Fact]
    public async Task A_connection_that_is_gone_ends_it_quietly()
    {
        channel.Abort();
        RequestSender sender = new(new() { Content = new byte[3 << 20] }, outbox);
        await sender.RunAsync(Head);
        Assert.False(sender.IsComplete);
    }
}
