using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class ChainFinderTests
{
    static List<Token> Find(ReadOnlySpan<byte> message, int window, int room = 10_000)
    {
        SentWindow sent = new(window, hasChain: true);
        sent.Begin(message.Length, keepsContext: false);
        List<Token> all = [];
        while (!message.IsEmpty)
            for (int at = sent.Add(ref message); at < sent.Bytes.Length;)
            {
                TokenBlock block = new(new uint[TokenBlock.RoomFor(room)]);
                block.Clear();
                ChainFinder.Find(sent.Bytes, ref at, sent, ref block);
                all.AddRange(block.Tokens);
            }
        sent.Give();
        return all;
    }

    [Fact]
    public void Of_several_places_the_one_with_the_longest_match_is_taken() =>
        Assert.Contains(Token.Match(8, 22), Find("abcdefgh--abcd+++abcd?abcdefgh"u8, 32_768));

    [Fact]
    public void A_match_is_put_off_when_the_next_place_has_a_longer_one()
    {
        List<Token> tokens = Find("abcd|bcdefghij|abcdefghij"u8, 32_768);
        Assert.Equal([Token.Literal((byte)'a'), Token.Match(9, 11)], tokens[^2..]);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void RFC_7692_7_1_2_A_match_begins_in_the_window(int distance, bool found)
    {
        byte[] data = [.. "ABCD"u8, .. Enumerable.Range(0, distance - 4).Select(i => (byte)(128 + i % 128)), .. "ABCD"u8];
        Assert.Equal(found, Find(data, 256).Contains(Token.Match(4, distance)));
    }

    [Fact]
    public void With_no_room_for_more_tokens_nothing_is_lost()
    {
        byte[] data = Contents.Json(2_000);
        Assert.Equal(data.Length, Find(data, 32_768, room: 3).Sum(token => token.IsMatch ? token.Length : 1));
    }
}
