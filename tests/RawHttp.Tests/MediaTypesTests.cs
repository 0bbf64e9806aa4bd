namespace RawHttp.Tests;

public class MediaTypesTests
{
    [Theory]
    [InlineData("a.html", "text/html; charset=utf-8")]
    [InlineData("a/b.c/INDEX.HTM", "text/html; charset=utf-8")]
    [InlineData("client.js", "text/javascript; charset=utf-8")]
    [InlineData("a.min.css", "text/css; charset=utf-8")]
    [InlineData("a.svg", "image/svg+xml")]
    [InlineData("a.wasm", "application/wasm")]
    [InlineData("a", "application/octet-stream")]
    [InlineData("a.", "application/octet-stream")]
    [InlineData("a.exe", "application/octet-stream")]
    [InlineData("a.html.gz", "application/octet-stream")]
    public void The_ending_tells(string name, string type) => Assert.Equal(type, MediaTypes.Of(name));
}
