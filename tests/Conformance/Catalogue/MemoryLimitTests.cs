using System.Net.Http;
using Xunit.Abstractions;
using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>
/// What a peer can make the server hold, seen from outside: resident memory of the exe with its default limits. RFC 6455 §10.4. Messages of
/// all ordinary kinds come first, so that the code is compiled and the heap has its usual size; what counts is the peak during the attack.
/// </summary>
public sealed class MemoryLimitTests(ITestOutputHelper output)
{
    const long MiB = 1 << 20, Most = 64 * MiB;

    [SkippableTheory]
    [InlineData("RFC 6455 §10.4", "a frame that claims 1 GB")]
    [InlineData("RFC 6455 §10.4", "frames up to the limit that never end")]
    [InlineData("RFC 7692 §7.2.2", "1 MiB that inflates to 1 GiB")]
    [InlineData("RFC 6455 §5.5.2", "a peer that pings and never reads")]
    [InlineData("RFC 6455 §7.2.1", "a peer that wants echoes and never reads")]
    [InlineData("RFC 6455 §7.2.1", "a subscriber that never reads")]
    public async Task Memory_stays_within_64_MiB_of_what_it_was(string clause, string attack)
    {
        Assert.NotEmpty(clause);
        await using ServedMemory served = await ServedMemory.StartAsync();
        await WarmUpAsync(served);
        long before = served.Resident();
        served.ForgetPeak();
        await AttackAsync(served, attack);
        long more = served.Peak() - before;
        output.WriteLine($"{attack}: {before / MiB} MiB before, {more / (double)MiB:0.0} MiB more at the peak");
        Assert.InRange(more, long.MinValue, Most);
    }

    static async Task WarmUpAsync(ServedMemory served)
    {
        for (int round = 0; round < 20; round++)
        {
            using CompressedTalk talk = await CompressedTalk.OpenAsync(served.Port, "permessage-deflate");
            await talk.EchoAsync(1, [Payloads.Of("JSON", 100_000), Payloads.Of("prose", 1000)]);
            using RawClient plain = await RawClient.OpenAsync(served.Port);
            await plain.SendFramesAsync(Binary(Pattern(1 << 20)), Ping("warm"), Close(1000));
            Assert.Equal([Back.Binary(Pattern(1 << 20)), Back.Pong("warm"), Back.Close(1000)], await plain.ReceiveToEndAsync());
        }
    }

    static Task AttackAsync(ServedMemory served, string attack) => attack switch
    {
        "a frame that claims 1 GB" => ClaimAsync(served.Port),
        "frames up to the limit that never end" => TrickleAsync(served.Port),
        "1 MiB that inflates to 1 GiB" => InflateAsync(served.Port),
        "a peer that pings and never reads" => FloodAsync(served.Port, Of(9, Letters(125)), 100_000),
        "a peer that wants echoes and never reads" => FloodAsync(served.Port, Binary(Pattern(64 << 10)), 400),
        _ => SubscribeAsync(served),
    };

    static async Task ClaimAsync(int port)
    {
        for (int i = 0; i < 8; i++)
        {
            using RawClient client = await RawClient.OpenAsync(port);
            await client.SendAsync(Header(2, 1 << 30));
            Task<bool> trickling = client.TrySendAsync(Enumerable.Repeat(Pattern(1024), 1024));
            Assert.Equal(Back.Close(1009), await client.ReceiveAsync());
            await trickling;
        }
    }

    static async Task TrickleAsync(int port)
    {
        List<RawClient> clients = [];
        for (int i = 0; i < 8; i++)
        {
            clients.Add(await RawClient.OpenAsync(port));
            await clients[^1].SendAsync(Header(2, 1 << 20));
            await clients[^1].SendAsync(new byte[(1 << 20) - 1], piece: 4096);
        }
        foreach (RawClient client in clients) client.Dispose();
    }

    static async Task InflateAsync(int port)
    {
        byte[] bomb = PeerDeflater.Bomb(1 << 20);
        using RawClient client = await RawClient.OpenAsync(port, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        Task<bool> sending = client.TrySendAsync([Of(2 | Rsv1, bomb)]);
        Assert.Equal(Back.Close(1009), await client.ReceiveAsync());
        await sending;
    }

    static async Task FloodAsync(int port, byte[] frame, int count)
    {
        using RawClient client = await RawClient.OpenAsync(port, smallBuffers: true);
        client.SendUntilHeldBack([.. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes)]);
    }

    static async Task SubscribeAsync(ServedMemory served)
    {
        using RawClient client = await RawClient.OpenAsync(served.Port, path: "/ws?channel=flood", smallBuffers: true);
        for (int i = 0; i < 100; i++)
        {
            using ByteArrayContent content = new(Letters(256 << 10));
            using HttpResponseMessage answer = await served.Exe.Client.PostAsync(new Uri($"{served.Exe.Http}/publish?channel=flood"), content);
            answer.EnsureSuccessStatusCode();
        }
    }
}
