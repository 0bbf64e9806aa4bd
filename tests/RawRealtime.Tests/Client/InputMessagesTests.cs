using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class InputMessagesTests
{
    static async Task<List<string>> ReadAsync(Stream input, bool areLines, int maxBytes = 1 << 20)
    {
        InputMessages messages = new(input, areLines, maxBytes);
        List<string> all = [];
        while (await messages.NextAsync() is { } message) all.Add(Encoding.UTF8.GetString(message.Span));
        Assert.Null(await messages.NextAsync());
        Assert.Equal(all.Count, messages.Count);
        return all;
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("\n", new[] { "" })]
    [InlineData("one\ntwo\n", new[] { "one", "two" })]
    [InlineData("one\r\ntwo", new[] { "one", "two" })]
    [InlineData("\r\n\na\rb\n\r", new[] { "", "", "a\rb", "\r" })]
    public async Task Each_line_is_a_message_wherever_reads_are_cut(string input, string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(input);
        for (int piece = 1; piece <= bytes.Length + 1; piece++)
            Assert.Equal(expected, await ReadAsync(new Pieces(bytes, piece), areLines: true));
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_whole()
    {
        string line = new('x', 300_000);
        Assert.Equal(["a", line, "b"], await ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes($"a\n{line}\nb")), areLines: true));
    }

    [Fact]
    public async Task A_line_over_the_limit_is_told_by_its_number()
    {
        byte[] input = Encoding.UTF8.GetBytes("short\n" + new string('x', 200_000));
        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new MemoryStream(input), areLines: true, maxBytes: 100_000));
        Assert.Equal("line 2 of the input is longer than 100000 bytes.", failure.Message);
    }

    [Fact]
    public async Task Without_lines_each_read_is_a_message() =>
        Assert.Equal(["a\nb", "c\r\n"], await ReadAsync(new Pieces("a\nbc\r\n"u8.ToArray(), 3), areLines: false));

    /// <summary>Gives a few bytes per read, as a pipe may.</summary>
    sealed class Pieces(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
