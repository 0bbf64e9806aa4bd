using RawHub;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

public sealed class ToldCursorTests
{
    readonly ToldCursor told = new();

    [Fact]
    public void What_was_not_told_is_news_until_it_is()
    {
        Assert.True(told.IsNews("e-1"u8, told.Count));
        told.Tell("e-1"u8);
        Assert.False(told.IsNews("e-1"u8, told.Count));
        Assert.True(told.IsNews("e-2"u8, told.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cursor_asked_for_before_another_was_told_or_begun_is_no_news(bool isToldWhole)
    {
        int before = told.Count;
        if (isToldWhole) told.Tell("e-2"u8);
        else told.Begin();
        Assert.False(told.IsNews("e-1"u8, before));
        Assert.True(told.IsNews("e-3"u8, told.Count));
    }

    [Fact]
    public void Longer_and_shorter_ones_are_compared_whole()
    {
        told.Tell("e-1.f-1234567890"u8);
        told.Tell("e-1"u8);
        Assert.True(told.IsNews("e-1.f-1234567890"u8, told.Count));
        Assert.False(told.IsNews("e-1"u8, told.Count));
        told.Tell("e-1.f-12345678901234567890"u8);
        Assert.False(told.IsNews("e-1.f-12345678901234567890"u8, told.Count));
    }

    [Fact]
    public void A_messages_id_is_told_as_the_cursor_it_is()
    {
        Assert.True(MessageId.TryParse("abcdefgh-7", out MessageId id));
        told.Tell("abcdefgh-6.abcdefgh-9"u8);
        told.Tell(id);
        Assert.False(told.IsNews("abcdefgh-7"u8, told.Count));
        Assert.True(told.IsNews("abcdefgh-6.abcdefgh-9"u8, told.Count));
        Assert.True(told.IsNews("abcdefgh-8"u8, told.Count));
        int before = told.Count;
        told.Tell(id);
        Assert.False(told.IsNews("abcdefgh-8"u8, before));
        told.Tell("abcdefgh-8"u8);
        Assert.True(told.IsNews("abcdefgh-7"u8, told.Count));
        Assert.False(told.IsNews("abcdefgh-8"u8, told.Count));
    }
}
