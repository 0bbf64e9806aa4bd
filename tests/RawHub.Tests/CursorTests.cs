using System.Text;
using CsCheck;

namespace RawHub.Tests;

public class CursorTests
{
    public static TheoryData<string, int, bool> Texts => new()
    {
        { "0a1b2c3z-1", 1, true },
        { "0a1b2c3z-1.zzzzzzzz-0", 2, true },
        { "0a1b2c3z-1", 2, false },
        { "0a1b2c3z-1.zzzzzzzz-0", 1, false },
        { "0a1b2c3z-1.", 1, false },
        { ".0a1b2c3z-1", 1, false },
        { "0a1b2c3z-1.", 2, false },
        { "0a1b2c3z-1,zzzzzzzz-0", 2, false },
        { "0a1b2c3z-1.zzzzzzzz-00", 2, false },
        { "earliest", 1, false },
        { "", 1, false },
    };

    [Theory, MemberData(nameof(Texts))]
    public void A_cursor_holds_one_position_per_channel(string text, int channels, bool expected) =>
        Assert.Equal(expected, Cursor.TryParse(text, new MessageId[channels]));

    [Fact]
    public void A_cursor_far_too_long_is_refused_without_being_read() =>
        Assert.False(Cursor.TryParse(new string('.', 1_000_000), new MessageId[64]));

    [Fact]
    public void What_is_written_is_read_back_and_safe_in_a_URL_and_an_entity_tag() =>
        Gen.Long[0, long.MaxValue].Select(offset => new MessageId(Epoch.Draw(), offset)).Array[1, Cursor.MaxPositions].Sample(positions =>
        {
            string text = Cursor.ToText(positions);
            MessageId[] read = new MessageId[positions.Length];
            return Cursor.TryParse(text, read)
                && read.SequenceEqual(positions)
                && text == Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(text))
                && Uri.EscapeDataString(text) == text;
        });

    [Theory]
    [InlineData("0a1b2c3z-1.zzzzzzzz-0", true)]
    [InlineData("0a1b2c3z-2.zzzzzzzz-0", false)]
    [InlineData("0a1b2c3z-1", false)]
    [InlineData("earliest", false)]
    [InlineData(null, false)]
    public void A_text_that_says_the_same_is_given_back(string? text, bool isSame)
    {
        MessageId[] positions = new MessageId[2];
        Assert.True(Cursor.TryParse("0a1b2c3z-1.zzzzzzzz-0", positions));
        string written = Cursor.ToText(positions, text);
        Assert.Equal("0a1b2c3z-1.zzzzzzzz-0", written);
        Assert.Equal(isSame, ReferenceEquals(text, written));
    }
}
