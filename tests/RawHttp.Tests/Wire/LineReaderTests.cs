using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Wire;

public class LineReaderTests
{
    [Fact]
    public void Lines_come_one_by_one()
    {
        var lines = new LineReader();
        Assert.Equal(ReadResult.Done(4), lines.Next("ab\r\n\r\nc"u8, 100, HttpFault.FieldsTooLarge, out Piece line));
        Assert.Equal(new Piece(0, 2), line);
        Assert.Equal(ReadResult.Done(2), lines.Next("ab\r\n\r\nc"u8, 100, HttpFault.FieldsTooLarge, out line));
        Assert.Equal(new Piece(4, 0), line);
        Assert.Equal(ReadResult.NeedMore, lines.Next("ab\r\n\r\nc"u8, 100, HttpFault.FieldsTooLarge, out _));
        Assert.Equal(6, lines.Start);
    }

    [Fact]
    public void A_line_may_fill_its_bound_whole_and_in_pieces()
    {
        var whole = new LineReader();
        Assert.Equal(ReadResult.Done(8), whole.Next("abcdef\r\nx"u8, 8, HttpFault.FieldsTooLarge, out Piece line));
        Assert.Equal(new Piece(0, 6), line);
        var pieces = new LineReader();
        Assert.Equal(ReadResult.NeedMore, pieces.Next("abcdef\r"u8, 8, HttpFault.FieldsTooLarge, out line));
        Assert.Equal(default, line);
        Assert.Equal(ReadResult.Done(8), pieces.Next("abcdef\r\nx"u8, 8, HttpFault.FieldsTooLarge, out line));
        Assert.Equal(new Piece(0, 6), line);
    }

    [Theory]
    [InlineData("\n", HttpFault.BareLineFeed)]
    [InlineData("a\rb\n", HttpFault.BareLineFeed)]
    [InlineData("a\n\r\n", HttpFault.BareLineFeed)]
    [InlineData("\r\r\n", HttpFault.BareCarriageReturn)]
    [InlineData("a\n", HttpFault.BareLineFeed)]
    [InlineData("a\rb\r\n", HttpFault.BareCarriageReturn)]
    [InlineData("a\r\r\n", HttpFault.BareCarriageReturn)]
    [InlineData("abcdefg\r\n", HttpFault.FieldsTooLarge)]
    [InlineData("abcdefghi", HttpFault.FieldsTooLarge)]
    public void Broken_lines(string text, HttpFault expected) => Assert.Equal($"{expected}", AllSplits.Outcome(Bytes.Of(text), () =>
    {
        var lines = new LineReader();
        var fault = HttpFault.None;
        return (Turn, () => $"{fault}");

        int Turn(ReadOnlySpan<byte> input, bool isEnd)
        {
            if (fault == HttpFault.None) fault = lines.Next(input, 8, HttpFault.FieldsTooLarge, out _).Fault;
            return 0;
        }
    }));
}
