using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class EntryTests
{
    [Theory]
    [InlineData("Literals", 97, 97, 0, "literal")]
    [InlineData("Literals", 255, 255, 0, "literal")]
    [InlineData("Literals", 256, 0, 0, "end")]
    [InlineData("Literals", 257, 3, 0, "")]
    [InlineData("Literals", 284, 227, 5, "")]
    [InlineData("Literals", 285, 258, 0, "")]
    [InlineData("Literals", 286, 0, 0, "unknown")]
    [InlineData("Distances", 0, 1, 0, "")]
    [InlineData("Distances", 29, 24_577, 13, "")]
    [InlineData("Distances", 30, 0, 0, "unknown")]
    [InlineData("Lengths", 18, 18, 0, "")]
    public void RFC_1951_3_2_5_A_symbol_has_its_value_and_extra_bits(string alphabet, int symbol, int value, int extra, string kind)
    {
        Entry entry = Entry.Of(Enum.Parse<Alphabet>(alphabet), symbol).WithLength(11);
        Assert.Equal((value, extra, 11, 11 + extra), (entry.Value, entry.Extra, entry.Length, entry.Total));
        Assert.Equal((kind == "literal", kind == "end", kind == "unknown", false), (entry.IsLiteral, entry.IsEnd, entry.IsUnknown, entry.IsLink));
        Assert.Equal(kind is "end" or "unknown", entry.IsSpecial);
    }

    [Fact]
    public void A_link_says_where_and_how_many_bits()
    {
        Entry link = Entry.Link(1_330, 5);
        Assert.True(link.IsLink && link.IsSpecial && !link.IsLiteral);
        Assert.Equal((1_330, 5), (link.Value, link.Length));
    }
}
