using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ChunkExtensionsTests
{
    [Theory]
    [InlineData("\r")]
    [InlineData(";a\r")]
    [InlineData(" ;\ta\t=\tb ; c\r")]
    [InlineData(";a=\"\"\r")]
    [InlineData(";a=\"\\\r")]
    public void The_grammar(string text) => Assert.Equal(!text.Contains('\\', StringComparison.Ordinal), Takes(text));

    [Theory]
    [InlineData(" \r")]
    [InlineData("a\r")]
    [InlineData("=a\r")]
    [InlineData(";;a\r")]
    [InlineData(";a \r")]
    [InlineData(";a= \r")]
    [InlineData(";a b\r")]
    [InlineData(";a=b \r")]
    [InlineData(";a=b\"c\"\r")]
    [InlineData(";a=\"b\r")]
    [InlineData(";a=\"\x7F\"\r")]
    [InlineData(";\xE9\r")]
    [InlineData(";a\r\r")]
    public void Not_the_grammar(string text) => Assert.False(Takes(text));

    static bool Takes(string text)
    {
        var extensions = new ChunkExtensions();
        foreach (char c in text)
            if (!extensions.Take((byte)c)) return false;
        return extensions.IsAtEnd;
    }
}
