namespace RawHub.Tests;

public class MessageIdTests
{
    [Theory]
    [InlineData("0a1b2c3z-0", 0)]
    [InlineData("0a1b2c3z-1", 1)]
    [InlineData("0a1b2c3z-9223372036854775807", long.MaxValue)]
    public void An_id_is_an_epoch_a_hyphen_and_an_offset(string text, long offset)
    {
        Assert.True(MessageId.TryParse(text, out MessageId id));
        Assert.Equal(offset, id.Offset);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0a1b2c3z")]
    [InlineData("0a1b2c3z-")]
    [InlineData("0a1b2c3z-01")]
    [InlineData("0a1b2c3z-00")]
    [InlineData("0a1b2c3z-+1")]
    [InlineData("0a1b2c3z--1")]
    [InlineData("0a1b2c3z-1 ")]
    [InlineData("0a1b2c3z-1a")]
    [InlineData("0a1b2c3z-٣")]
    [InlineData("0a1b2c3z_1")]
    [InlineData("0A1B2C3Z-1")]
    [InlineData("a1b2c3z-1")]
    [InlineData("0a1b2c3z-9223372036854775808")]
    [InlineData("0a1b2c3z-99999999999999999999")]
    public void Nothing_else_is_an_id(string text) => Assert.False(MessageId.TryParse(text, out _));
}
