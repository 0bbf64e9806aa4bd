using RawHttp.Wire;
using Testing;

namespace RawHttp.Tests.Wire;

public class FixedBodyReaderTests
{
    [Theory]
    [InlineData(0, "next", "| complete")]
    [InlineData(3, "abcnext", "abc| complete")]
    [InlineData(3, "abc", "abc| complete")]
    [InlineData(3, "ab", "ab| 1 to come")]
    public void Exactly_its_length_is_taken(long length, string input, string expected) =>
        Assert.Equal(expected, AllSplits.Outcome(Bytes.Of(input), () =>
        {
            var reader = new FixedBodyReader(length);
            string content = "";
            return (Turn, () => $"{content}| {(reader.IsComplete ? "complete" : $"{reader.Remaining} to come")}");

            int Turn(ReadOnlySpan<byte> unread, bool isEnd)
            {
                ReadResult result = reader.Read(unread, out ReadOnlySpan<byte> data);
                content += Bytes.Text(data);
                return result.Consumed;
            }
        }));

    [Fact]
    public void Nothing_to_take_needs_more() => Assert.Equal(ReadResult.NeedMore, new FixedBodyReader(1).Read(default, out _));
}
