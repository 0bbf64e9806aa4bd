using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Wire;

public class BodyReaderTests
{
    [Fact]
    public void Content_until_the_end_has_nothing_to_say_without_bytes()
    {
        var reader = new BodyReader(BodyFraming.UntilEnd, HttpLimits.Default);
        Assert.Equal(ReadResult.NeedMore, reader.Read(default, out ReadOnlySpan<byte> data));
        Assert.True(data.IsEmpty);
    }

    [Theory]
    [InlineData(BodyKind.None, 0, "next", "|True")]
    [InlineData(BodyKind.Fixed, 2, "abnext", "ab|True")]
    [InlineData(BodyKind.Chunked, 0, "2\r\nab\r\n0\r\n\r\nnext", "ab|True")]
    [InlineData(BodyKind.UntilEnd, 0, "abnext", "abnext|False")]
    public void Each_kind_ends_where_it_says(BodyKind kind, long length, string input, string expected) =>
        Assert.Equal(expected, AllSplits.Outcome(Bytes.Of(input), () =>
        {
            var reader = new BodyReader(new(kind, length), HttpLimits.Default);
            string content = "";
            return (Turn, () => $"{content}|{reader.IsComplete}");

            int Turn(ReadOnlySpan<byte> unread, bool isEnd)
            {
                ReadResult result = reader.Read(unread, out ReadOnlySpan<byte> data);
                content += Bytes.Text(data);
                return result.Consumed;
            }
        }));
}
