using System.Text;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class NumberedMessageTests
{
    static readonly NumberedMessage Format = new(18);

    [Theory]
    [InlineData(0, "|000000000000|abcd")]
    [InlineData(42, "|000000000042|abcd")]
    [InlineData(999_999_999_999, "|999999999999|abcd")]
    public void A_message_is_its_number_and_letters(long number, string expected)
    {
        byte[] message = new byte[18];
        Format.Write(message, number);
        Assert.Equal(expected, Encoding.ASCII.GetString(message));
        Assert.True(Format.TryRead(message, out long read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("|000000000042|abc")]
    [InlineData("|000000000042|abcde")]
    [InlineData("|000000000042|abce")]
    [InlineData("|00000000004x|abcd")]
    [InlineData("|000000000042abcde")]
    [InlineData("x000000000042|abcd")]
    [InlineData("|0000000000 2|abcd")]
    [InlineData("")]
    public void Anything_else_is_no_message(string text) => Assert.False(Format.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void A_message_has_room_for_its_number() => Assert.Throws<ArgumentOutOfRangeException>(() => new NumberedMessage(NumberedMessage.HeadBytes - 1));
}
