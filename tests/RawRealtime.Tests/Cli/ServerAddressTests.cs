using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("https://example.org/")]
    [InlineData("http://[::1]:5000/behind/a/path")]
    public void An_address_is_taken_with_its_path(string text) => Assert.Equal(new Uri(text), ServerAddress.Read(text, "--server"));

    [Theory]
    [InlineData("", "")]
    [InlineData("127.0.0.1:5000", " Did you mean 'http://127.0.0.1:5000'?")]
    [InlineData("ws://h:1", " Did you mean 'http://h:1'?")]
    [InlineData("wss://h", " Did you mean 'https://h'?")]
    [InlineData("http://h/?channel=a", " It has no query ('?') and no fragment ('#').")]
    [InlineData("http://h/#x", " It has no query ('?') and no fragment ('#').")]
    [InlineData("http://user@h/", "")]
    [InlineData("ftp://h/", "")]
    [InlineData("/relative", "")]
    public void What_is_none_is_told_with_a_guess(string text, string guess) => Assert.Equal(
        $"--server: '{text}' is no address such as http://127.0.0.1:5000 or https://example.org.{guess}",
        Assert.Throws<BadSettingException>(() => ServerAddress.Read(text, "--server")).Message);
}
