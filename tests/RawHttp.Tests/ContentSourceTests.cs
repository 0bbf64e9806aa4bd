using RawHttp.Wire;

namespace RawHttp.Tests;

public sealed class ContentSourceTests : IDisposable
{
    readonly Folder folder = new();
    readonly byte[] content = new byte[3_000_000];

    public ContentSourceTests()
    {
        new Random(7).NextBytes(content);
        folder.Write("large", content);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, 2_999_999)]
    [InlineData(0, 0)]
    [InlineData(65_535, 65_536)]
    [InlineData(1, 131_072)]
    [InlineData(2_999_999, 2_999_999)]
    public async Task The_same_bytes_come_from_memory_and_from_a_file(long first, long last)
    {
        byte[] expected = content[(int)first..(int)(last + 1)];
        using FileContent file = new(File.OpenHandle(folder.PathOf("large"), options: FileOptions.Asynchronous));
        Assert.Equal(expected, await CopiedAsync(file, new(first, last)));
        Assert.Equal(expected, await CopiedAsync(new MemoryContent(content), new(first, last)));
        Assert.Equal(Folder.Old, file.Written);
    }

    [Fact]
    public async Task A_file_that_changed_gives_nothing()
    {
        using FileContent file = new(File.OpenHandle(folder.PathOf("large"), options: FileOptions.Asynchronous));
        File.SetLastWriteTimeUtc(folder.PathOf("large"), Folder.Old.AddTicks(1));
        Assert.Empty(await CopiedAsync(file, new(0, 9)));
    }

    [Fact]
    public async Task A_disk_that_fails_gives_nothing()
    {
        if (!OperatingSystem.IsLinux()) return;
        using FileContent file = new(File.OpenHandle("/proc/self/mem", options: FileOptions.Asynchronous)); // nothing is mapped at address 0
        Assert.Empty(await CopiedAsync(file, new(0, 9)));
    }

    static async Task<byte[]> CopiedAsync(ContentSource source, ByteRange range)
    {
        using var peer = new Peer(async exchange =>
        {
            FixedBodyStream stream = exchange.Response.StartStream(200, "a/b"u8, range.Length);
            await source.CopyAsync(range, stream);
            exchange.Response.CloseAfter();
            stream.End();
        });
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Task.WhenAny(peer.Channel.WhenSendingEnded, peer.Channel.WhenAborted).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(peer.Bugs);
        byte[] sent = peer.Channel.TakeSent();
        return sent[(sent.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..];
    }
}
