using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class ClientUriTests
{
    [Theory]
    [InlineData("ws://127.0.0.1:9001")]
    [InlineData("wss://[::1]:5000/ws?channel=a&cursor=earliest")]
    public void An_address_is_one_of_ws_or_wss(string text) => Assert.Equal(new(text), ClientUri.Read(text, "connect"));

    [Theory]
    [InlineData("http://h:1/ws", " Did you mean 'ws://h:1/ws'?")]
    [InlineData("https://h/", " Did you mean 'wss://h/'?")]
    [InlineData("localhost:5000/ws", " Did you mean 'ws://localhost:5000/ws'?")]
    [InlineData("ws://h/#part", " It has no fragment ('#').")]
    [InlineData("ws://me:secret@h/", "")]
    [InlineData("ws://", "")]
    [InlineData("", "")]
    [InlineData("ftp://h/", "")]
    public void Anything_else_is_refused_with_a_guess_what_was_meant(string text, string guess)
    {
        BadSettingException bad = Assert.Throws<BadSettingException>(() => ClientUri.Read(text, "connect"));
        Assert.Equal($"connect: '{text}' is no address such as ws://127.0.0.1:5000/ws or wss://example.org/ws.{guess}", bad.Message);
    }
}
