using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>Peers that ask for much and take little: all of it comes in its order, or they are given up; nobody else notices.</summary>
public sealed class FloodTests(Testee testee) : IClassFixture<Testee>
{
    const int Pings = 100_000;

    [Fact]
    public async Task A_hundred_thousand_pings_are_answered_one_by_one()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port);
        Task<bool> sending = client.TrySendAsync([ManyPings(), Close(1000)]);
        await AssertPongsAsync(client);
        await sending;
    }

    /// <summary>RFC 6455 §5.5.3 would let us answer the latest only; we read no further instead, and answer all.</summary>
    [Fact]
    public async Task A_peer_that_pings_and_does_not_read_is_held_back_and_then_gets_every_pong()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port, smallBuffers: true);
        byte[] pings = ManyPings();
        int sent = client.SendUntilHeldBack(pings);
        await AssertServesOthersAsync();

        Task<bool> sending = client.TrySendAsync([pings[sent..], Close(1000)]);
        await AssertPongsAsync(client);
        await sending;
    }

    [Fact]
    public async Task A_peer_that_stops_reading_is_held_back_and_then_gets_every_message()
    {
        using RawClient client = await RawClient.OpenAsync(testee.Port, smallBuffers: true);
        byte[] message = Pattern(64 << 10);
        const int Messages = 400; // 25 MiB: more than all buffers on the way
        byte[] sent = [.. Enumerable.Repeat(Binary(message), Messages).SelectMany(frame => frame)];
        int taken = client.SendUntilHeldBack(sent);
        Assert.InRange(taken, 1, sent.Length - 1);
        await AssertServesOthersAsync();

        Task<bool> sending = client.TrySendAsync([sent[taken..], Close(1000)]);
        string expected = Back.Binary(message);
        for (int i = 0; i < Messages; i++) Assert.Equal(expected, await client.ReceiveAsync());
        Assert.Equal([Back.Close(1000)], await client.ReceiveToEndAsync());
        await sending;
    }

    /// <summary>docs/decisions/0009: here after half a second instead of ten.</summary>
    [Theory]
    [InlineData("RFC 6455 §7.2.1", 9)]
    [InlineData("RFC 6455 §7.2.1", 2)]
    public async Task A_peer_that_never_reads_is_given_up(string clause, int opcode)
    {
        Assert.NotEmpty(clause);
        await using RunningServer server = RunningServer.Start(new() { IsTestee = true, Http = new() { Sending = new() { StallMilliseconds = 500 } } });
        using RawClient client = await RawClient.OpenAsync(server.Port, smallBuffers: true);
        byte[] frame = Of(opcode, Letters(125));
        byte[] flood = [.. Enumerable.Repeat(frame, 50_000).SelectMany(bytes => bytes)];
        Task<bool> sending = Task.Run(async () =>
        {
            while (await client.TrySendAsync([flood])) { } // until the server ends it
            return false;
        });
        await Bounded.Until(() => Task.FromResult(server.OpenConnections == 0), "the peer is given up");
        await sending.Within("the server's end to be noticed");
    }

    async Task AssertServesOthersAsync()
    {
        using RawClient other = await RawClient.OpenAsync(testee.Port);
        await other.SendFramesAsync(Text("and I?"), Close(1000));
        Assert.Equal([Back.Text("and I?"), Back.Close(1000)], await other.ReceiveToEndAsync());
    }

    static async Task AssertPongsAsync(RawClient client)
    {
        for (int i = 0; i < Pings; i++) Assert.Equal(Back.Pong(PayloadOf(i)), await client.ReceiveAsync());
        Assert.Equal([Back.Close(1000)], await client.ReceiveToEndAsync());
    }

    static byte[] ManyPings()
    {
        using MemoryStream all = new();
        for (int i = 0; i < Pings; i++) all.Write(Ping(PayloadOf(i)));
        return all.ToArray();
    }

    static string PayloadOf(int number) => $"ping number {number,6} of a hundred thousand"; // so that all of them are more than the buffers on the way take
}
