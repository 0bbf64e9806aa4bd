using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class MatchFinderTests
{
    static List<Token> Find(ReadOnlySpan<byte> data, int window, int from = 0, int room = 10_000)
    {
        ushort[] heads = new ushort[8_192];
        List<Token> all = [];
        for (int at = from; at < data.Length;)
        {
            TokenBlock block = new(new uint[TokenBlock.RoomFor(room)]);
            block.Clear();
            MatchFinder.Find(data, ref at, window, heads, ref block);
            all.AddRange(block.Tokens);
        }
        return all;
    }

    [Fact]
    public void What_was_there_before_is_a_match() =>
        Assert.Equal([.. "abcdef"u8.ToArray().Select(Token.Literal), Token.Match(6, 6), Token.Literal((byte)'!')], Find("abcdefabcdef!"u8, 32_768));

    [Fact]
    public void A_match_may_reach_into_itself_and_is_258_bytes_at_most() =>
        Assert.Equal([Token.Literal(0), Token.Match(258, 1), Token.Match(258, 1), Token.Match(83, 1)], Find(new byte[600], 32_768));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void RFC_7692_7_1_2_A_match_begins_in_the_window(int distance, bool found)
    {
        byte[] data = [.. "ABCD"u8, .. Enumerable.Range(0, distance - 4).Select(i => (byte)(128 + i % 128)), .. "ABCD"u8];
        Assert.Equal(found, Find(data, 256).Contains(Token.Match(4, distance)));
    }

    [Fact]
    public void With_no_room_for_more_tokens_it_goes_on_where_it_stopped() =>
        Assert.Equal(Find(Contents.Json(2_000), 32_768), Find(Contents.Json(2_000), 32_768, room: 7));

    [Fact]
    public void Lengths_are_counted_to_the_first_difference()
    {
        for (int same = 0; same < 40; same++)
            for (int behind = 1; behind < 12; behind++)
            {
                byte[] data = new byte[50 + same + behind];
                data[50 + same] = 1;
                Assert.Equal(same, MatchFinder.LengthOfMatch(data, 0, 50, 0));
                Assert.Equal(same, MatchFinder.LengthOfMatch(data.AsSpan(0, 50 + same), 0, 50, Math.Min(same, 4))); // or to the end
            }
    }
}
