using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain é 漢 🙂", "plain é 漢 🙂")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("\e]0;title\a", "␛]0;title␇")]
    [InlineData("over\rwritten\b", "over␍written␈")]
    [InlineData("\u007F\u009B31m", "␡\uFFFD31m")]
    [InlineData("turned \u202Eround\u2069", "turned \uFFFDround\uFFFD")]
    public void What_would_command_a_terminal_is_shown_instead(string text, string expected)
    {
        Assert.Equal(expected, VisibleText.Of(text));
        Assert.Equal(expected, VisibleText.Of(Encoding.UTF8.GetBytes(text)));
    }
}
