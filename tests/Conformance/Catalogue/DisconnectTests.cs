using System.Text;
using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>A peer may be gone at any byte. Nothing of it stays: the count of connections goes back to none. RFC 6455 §7.2.1.</summary>
public sealed class DisconnectTests : IAsyncLifetime
{
    // A handshake, a message whole, one in fragments with a ping between, a close.
    static readonly byte[] Life =
        [.. Encoding.Latin1.GetBytes(RawClient.Request()), .. Text("whole"), .. First("frag"), .. Ping("ping"), .. Last("ment"), .. Header(2, 70_000), .. Pattern(20)];

    readonly RunningServer server = RunningServer.Start(new() { IsTestee = true });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_stream_that_ends_after_any_byte_leaves_nothing()
    {
        for (int length = 0; length <= Life.Length; length++)
        {
            using RawClient client = await RawClient.DialAsync(server.Port);
            await client.SendAsync(Life.AsMemory(0, length));
            client.EndSending();
            await client.ReadAwayAsync(); // the server ends its side too
        }
        await Bounded.Until(() => Task.FromResult(server.OpenConnections == 0), "no connection is open");
    }

    [Fact]
    public async Task A_reset_after_any_byte_leaves_nothing()
    {
        for (int length = 0; length <= Life.Length; length++)
        {
            RawClient client = await RawClient.DialAsync(server.Port);
            await client.SendAsync(Life.AsMemory(0, length));
            client.Reset();
        }
        await Bounded.Until(() => Task.FromResult(server.OpenConnections == 0), "no connection is open");
    }

    [Fact]
    public async Task A_peer_that_leaves_within_its_closing_handshake_leaves_nothing()
    {
        for (int round = 0; round < 20; round++)
        {
            using RawClient half = await RawClient.OpenAsync(server.Port);
            await half.SendAsync(Close(1000, "bye").AsMemory(0, 7));
            half.EndSending();
            await half.ReadAwayAsync();

            RawClient gone = await RawClient.OpenAsync(server.Port);
            await gone.SendAsync(Close(1000));
            gone.Reset();

            RawClient refused = await RawClient.OpenAsync(server.Port);
            await refused.SendAsync(Of(3, []));
            refused.Reset();
        }
        await Bounded.Until(() => Task.FromResult(server.OpenConnections == 0), "no connection is open");
    }

    /// <summary>What is owed to a peer that is gone is not waited for.</summary>
    [Fact]
    public async Task A_peer_that_leaves_with_megabytes_owed_to_it_leaves_nothing()
    {
        for (int round = 0; round < 4; round++)
        {
            RawClient client = await RawClient.OpenAsync(server.Port, smallBuffers: true);
            client.SendUntilHeldBack([.. Enumerable.Repeat(Binary(Pattern(64 << 10)), 100).SelectMany(frame => frame)]);
            if (round % 2 == 0) client.Reset();
            else client.Dispose();
        }
        await Bounded.Until(() => Task.FromResult(server.OpenConnections == 0), "no connection is open");
    }
}
