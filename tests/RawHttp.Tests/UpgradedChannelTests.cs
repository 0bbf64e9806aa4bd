using RawHttp.Wire;

namespace RawHttp.Tests;

/// <summary>RFC 9110 §7.8: the connection belongs to the other protocol.</summary>
public sealed class UpgradedChannelTests
{
    const string Asked = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n";

    sealed class Other(Func<UpgradedChannel, Task> run) : IUpgradedHandler
    {
        public int Drained { get; private set; }

        public Task RunAsync(UpgradedChannel channel) => run(channel);

        public void OnDraining() => Drained++;
    }

    static async Task ReadToEnd(UpgradedChannel channel)
    {
        while (await channel.Connection.ReceiveAsync() > 0) channel.Connection.Inbox.Consume(channel.Connection.Inbox.Unread.Length);
    }

    static Peer Serve(Other other) => new(exchange => exchange.Response.Upgrade("other"u8, other));

    [Fact]
    public void It_counts_as_open_until_the_other_protocol_ends()
    {
        using Peer peer = Serve(new(ReadToEnd));
        peer.Channel.Arrive(Asked);
        Assert.Equal(1, peer.Server.OpenConnections);
        Assert.False(peer.Running.IsCompleted);
        peer.Channel.ArriveEnd();
        Assert.Equal(0, peer.Server.OpenConnections);
        Assert.True(peer.Running.IsCompleted);
        Assert.Equal([(HttpEnding.Upgraded, HttpFault.None, 1)], peer.Endings);
    }

    [Fact]
    public async Task It_is_told_of_the_drain_once()
    {
        Other other = new(ReadToEnd);
        using Peer peer = Serve(other);
        peer.Channel.Arrive(Asked);
        Task<bool> draining = peer.Server.DrainAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, other.Drained);
        Assert.False(draining.IsCompleted);
        peer.Channel.ArriveEnd();
        Assert.True(await draining);
    }

    [Fact]
    public async Task It_is_told_of_a_drain_that_began_before_it()
    {
        Other other = new(ReadToEnd);
        HttpServer? server = null;
        Task<bool>? draining = null;
        using Peer peer = new(exchange =>
        {
            draining = server!.DrainAsync(TimeSpan.FromSeconds(5));
            exchange.Response.Upgrade("other"u8, other);
        });
        server = peer.Server;
        peer.Channel.Arrive(Asked);
        Assert.Equal(1, other.Drained);
        peer.Channel.ArriveEnd();
        Assert.True(await draining!);
    }

    [Fact]
    public async Task When_the_drain_is_over_it_is_aborted()
    {
        using Peer peer = Serve(new(ReadToEnd));
        peer.Channel.Arrive(Asked);
        Task<bool> draining = peer.Server.DrainAsync(TimeSpan.FromSeconds(5));
        peer.Time.Advance(6_000);
        Assert.False(await draining);
        await peer.Running.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public void What_it_throws_is_a_bug_and_the_connection_ends()
    {
        using Peer peer = Serve(new(static _ => throw new InvalidOperationException("planted")));
        peer.Channel.Arrive(Asked);
        Assert.True(peer.Running.IsCompleted);
        Assert.Equal("planted", Assert.Single(peer.Bugs).Message);
        Assert.Equal(0, peer.Server.OpenConnections);
    }

    [Fact]
    public void A_broken_connection_is_no_bug()
    {
        using Peer peer = Serve(new(static _ => throw new IOException("broken")));
        peer.Channel.Arrive(Asked);
        Assert.Empty(peer.Bugs);
        Assert.Single(peer.Endings);
    }
}
