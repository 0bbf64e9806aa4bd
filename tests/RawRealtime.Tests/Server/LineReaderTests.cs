using System.Text;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class LineReaderTests
{
    const int Most = 8;

    static string[] LinesOf(string text, int pieceBytes)
    {
        LineReader lines = new(Most);
        List<string> found = [];
        byte[] all = Encoding.UTF8.GetBytes(text);
        LineStatus status;
        ReadOnlyMemory<byte> line;
        for (int at = 0; at < all.Length; at += pieceBytes)
        {
            ReadOnlyMemory<byte> piece = all.AsMemory(at, Math.Min(pieceBytes, all.Length - at)).ToArray();
            while ((status = lines.Read(ref piece, out line)) != LineStatus.NeedMore) found.Add(Told(status, line));
            Assert.True(piece.IsEmpty);
        }
        if ((status = lines.ReadLast(out line)) != LineStatus.NeedMore) found.Add(Told(status, line));
        Assert.Equal(found.Count, lines.Number);
        return [.. found];
    }

    static string Told(LineStatus status, ReadOnlyMemory<byte> line) => status == LineStatus.TooLong ? "<too long>" : Encoding.UTF8.GetString(line.Span);

    [Theory] // text, its lines
    [InlineData("")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb", "a", "b")]
    [InlineData("\n\r\n", "", "")]
    [InlineData("a\rb\n", "a\rb")]
    [InlineData("12345678\n12345678\r\n12345678", "12345678", "12345678", "12345678")]
    [InlineData("123456789\nok", "<too long>", "ok")]
    [InlineData("1234567890\r\nok\n", "<too long>", "ok")]
    [InlineData("ok\n123456789012345678901234567890", "ok", "<too long>")]
    [InlineData("123456789\r\n\n", "<too long>", "")]
    public void Lines_are_the_same_however_the_text_is_cut(string text, params string[] expected)
    {
        for (int pieceBytes = 1; pieceBytes <= Math.Max(1, text.Length); pieceBytes++) Assert.Equal(expected, LinesOf(text, pieceBytes));
    }
}
