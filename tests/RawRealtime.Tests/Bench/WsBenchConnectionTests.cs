using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class WsBenchConnectionTests
{
    static async Task<string> RunAsync(Func<long, byte[], IEnumerable<byte[]>> answer, int depth = 1)
    {
        await using PlantedServer server = new(async stream =>
        {
            await BenchRig.OpenAsync(stream);
            for (long number = 0; ; number++)
            {
                byte[] message = await BenchRig.ReadMessageAsync(stream);
                foreach (byte[] bytes in answer(number, message)) await stream.WriteAsync(bytes);
            }
        });
        BenchOptions options = BenchRig.Short(BenchKind.Ws, server.Ws) with { Connections = 1, Depth = depth, Duration = TimeSpan.FromMilliseconds(100) };
        return BenchRig.FaultsOf(await BenchRig.RunAsync(options));
    }

    [Fact]
    public async Task Right_echoes_are_right() => Assert.Equal("", await RunAsync((_, message) => [BenchRig.FrameOf(message)]));

    [Fact]
    public async Task Echoes_in_fragments_and_pings_between_them_are_right() =>
        Assert.Equal("", await RunAsync((_, message) => [[0x01, 5, .. message[..5]], [0x89, 0], [0x80, (byte)(message.Length - 5), .. message[5..]]]));

    [Fact]
    public async Task A_lost_echo_is_found() =>
        Assert.Equal("lost", await RunAsync((number, message) => number == 3 ? [] : [BenchRig.FrameOf(message)], depth: 2));

    [Fact]
    public async Task A_repeated_echo_is_found() =>
        Assert.Equal("repeated-or-late", await RunAsync((number, message) => number == 3 ? [BenchRig.FrameOf(message), BenchRig.FrameOf(message)] : [BenchRig.FrameOf(message)]));

    [Fact]
    public async Task Echoes_in_another_order_are_found() => Assert.Equal("lost repeated-or-late", await RunAsync((number, message) => number switch
    {
        4 => [],
        5 => [BenchRig.FrameOf(message), BenchRig.FrameOf(BenchRig.Message(4))],
        _ => [BenchRig.FrameOf(message)],
    }, depth: 2));

    [Fact]
    public async Task A_changed_echo_is_found() =>
        Assert.StartsWith("wrong-content", await RunAsync((_, message) => [BenchRig.FrameOf([.. message[..^1], (byte)'X'])]), StringComparison.Ordinal);

    [Fact]
    public async Task An_echo_of_what_was_not_sent_is_found() =>
        Assert.StartsWith("wrong-content", await RunAsync((_, _) => [BenchRig.FrameOf(BenchRig.Message(77))]), StringComparison.Ordinal);

    [Fact]
    public async Task A_bad_frame_is_found() => Assert.StartsWith("bad-bytes", await RunAsync((_, _) => [[0xFF, 0x00]]), StringComparison.Ordinal);

    [Fact]
    public async Task A_close_frame_is_an_end() => Assert.StartsWith("ended", await RunAsync((_, _) => [[0x88, 2, 0x03, 0xE9]]), StringComparison.Ordinal);
}
