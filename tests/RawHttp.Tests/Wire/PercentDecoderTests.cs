using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class PercentDecoderTests
{
    [Theory]
    [InlineData("a%20b", true, "a b")]
    [InlineData("%41%4a%4A", false, "AJJ")]
    [InlineData("a+b", true, "a b")]
    [InlineData("a+b", false, "a+b")]
    [InlineData("%2B+", true, "+ ")]
    [InlineData("%2541", true, "%41")] // once, not twice
    [InlineData("%00%2f", false, "\0/")]
    public void Escapes_are_decoded_once(string text, bool plusIsSpace, string expected)
    {
        byte[] into = new byte[text.Length];
        Assert.Equal(HttpFault.None, PercentDecoder.Decode(Bytes.Of(text), plusIsSpace, into, out int length));
        Assert.Equal(expected, Bytes.Text(into.AsSpan(0, length)));
        Assert.True(PercentDecoder.IsWellFormed(Bytes.Of(text)));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("a%4")]
    [InlineData("%4g")]
    [InlineData("%g4")]
    [InlineData("%+1")]
    [InlineData("%u0041")]
    [InlineData("%20%%20")]
    public void Broken_escapes_are_named(string text)
    {
        Assert.Equal(HttpFault.BadEscape, PercentDecoder.Decode(Bytes.Of(text), false, new byte[16], out _));
        Assert.False(PercentDecoder.IsWellFormed(Bytes.Of(text)));
    }

    [Fact]
    public void Too_little_room_is_the_callers_mistake() => Assert.Throws<ArgumentException>(() => PercentDecoder.Decode("abc"u8, false, new byte[2], out _));
}
