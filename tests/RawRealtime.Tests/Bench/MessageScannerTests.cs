using System.Text;
using RawRealtime.Bench;
using Testing;

namespace RawRealtime.Tests.Bench;

public sealed class MessageScannerTests
{
    [Theory]
    [InlineData("id: e-1\ndata: |000000000000|abcdef\n\nid: e-2\ndata: |000000000001|abcdef\n\n", "0 1")]
    [InlineData("""{"messages":[{"data":"|000000000003|abcdef"},{"data":"|000000000004|abcdef"}],"cursor":"e-4"}""", "3 4")]
    [InlineData("|000000000001|abcdef|000000000002|abcdef", "1 2")]
    [InlineData("|000000000001|abcdeX |000000000002|abcdef", "2")]
    [InlineData("|000000000001|abcde", "")]
    [InlineData("no message at all", "")]
    public void Messages_are_found_in_the_text_around_them_however_it_is_cut(string text, string expected)
    {
        NumberedMessage format = new(20);
        Assert.Equal(expected, AllSplits.Outcome(Encoding.ASCII.GetBytes(text), () =>
        {
            MessageScanner scanner = default;
            List<long> found = [];
            return ((unread, _) =>
            {
                int all = unread.Length;
                while (scanner.Next(format, ref unread, out long number)) found.Add(number);
                return all;
            }, () => string.Join(' ', found));
        }));
    }
}
