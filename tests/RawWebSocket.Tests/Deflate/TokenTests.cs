using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class TokenTests
{
    [Fact]
    public void RFC_1951_3_2_5_Each_length_and_distance_is_in_the_range_of_its_code()
    {
        for (int length = 3; length <= 258; length++)
        {
            Token token = Token.Match(length, 1);
            int code = token.LengthCode, extra = length - DeflateFormat.LengthBase[code];
            Assert.Equal((true, length, 1), (token.IsMatch, token.Length, token.Distance));
            Assert.InRange(extra, 0, (1 << DeflateFormat.LengthExtra[code]) - 1);
            Assert.Equal(length == 258, code == 28);
        }
        for (int distance = 1; distance <= 32_768; distance++)
        {
            Token token = Token.Match(258, distance);
            Assert.Equal((258, distance), (token.Length, token.Distance));
            Assert.InRange(distance - DeflateFormat.DistanceBase[token.DistanceCode], 0, (1 << DeflateFormat.DistanceExtra[token.DistanceCode]) - 1);
        }
        Assert.Equal((false, 0xE4u), (Token.Literal(0xE4).IsMatch, Token.Literal(0xE4).Bits));
    }
}
