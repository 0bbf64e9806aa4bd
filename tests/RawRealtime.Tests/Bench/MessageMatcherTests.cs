using System.Text;
using RawRealtime.Bench;
using Testing;

namespace RawRealtime.Tests.Bench;

public sealed class MessageMatcherTests
{
    [Theory]
    [InlineData("|000000000007|abcdef", "7")]
    [InlineData("|000000000007|abcdeX", "broken")]
    [InlineData("|00000000000x|abcdef", "broken")]
    [InlineData("|000000000007|abcdefg", "broken")]
    [InlineData("|000000000007|abcde", "short")]
    [InlineData("|0000", "short")]
    public void A_message_is_judged_however_it_is_cut(string text, string expected)
    {
        NumberedMessage format = new(20);
        Assert.Equal(expected, AllSplits.Outcome(Encoding.ASCII.GetBytes(text), () =>
        {
            MessageMatcher matcher = default;
            return ((unread, _) =>
            {
                matcher.Take(format, unread);
                return unread.Length;
            }, () => matcher.IsBroken ? "broken" : matcher.IsComplete(format, out long number) ? $"{number}" : "short");
        }));
    }
}
