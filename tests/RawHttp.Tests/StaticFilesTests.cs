using System.Text.RegularExpressions;

namespace RawHttp.Tests;

public partial class StaticFilesTests
{
    const string Page = "<!doctype html>\n<title>test</title>\n";

    static string Answer(string requestLine, string fields = "")
    {
        var router = new Router();
        new StaticFiles(typeof(StaticFilesTests).Assembly, "files/").Map(router, "/", "page.html");
        using var peer = new Peer(router.HandleAsync);
        peer.Channel.Arrive($"{requestLine} HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
        return peer.Sent;
    }

    [Fact]
    public void A_file_has_its_type_its_length_and_a_strong_tag()
    {
        string answer = Answer("GET /");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Contains("\r\nContent-Type: text/html; charset=utf-8\r\n", answer);
        Assert.Contains($"\r\nContent-Length: {Page.Length}\r\n", answer);
        Assert.Matches("\r\nETag: \"[0-9a-f]{32}\"\r\n", answer);
        Assert.EndsWith("\r\n\r\n" + Page, answer);
    }

    [Theory]
    [InlineData("TAG", true)]
    [InlineData("W/TAG", true)]
    [InlineData("\"other\", TAG", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("W/\"other\"", false)]
    [InlineData("", false)]
    public void A_known_tag_is_answered_with_304_and_no_content(string listed, bool known)
    {
        string tag = Tag().Match(Answer("GET /")).Groups[1].Value;
        string answer = Answer("GET /", $"If-None-Match: {listed.Replace("TAG", tag, StringComparison.Ordinal)}\r\n");
        Assert.StartsWith(known ? "HTTP/1.1 304 Not Modified\r\n" : "HTTP/1.1 200 OK\r\n", answer);
        Assert.Contains($"\r\nETag: {tag}\r\n", answer);
        if (known) Assert.EndsWith("\r\n\r\n", answer);
    }

    [Fact]
    public void HEAD_has_the_same_fields_and_no_content() =>
        Assert.Equal(Answer("GET /"), Answer("HEAD /") + Page);

    [Theory]
    [InlineData("GET /page.html")]
    [InlineData("GET /..")]
    [InlineData("GET /%2e%2e/RawHttp.dll")]
    [InlineData("GET /%2f")]
    [InlineData("GET /files/page.html")]
    public void Nothing_but_the_named_files_can_be_reached(string request) => Assert.StartsWith("HTTP/1.1 404 ", Answer(request));

    [Fact]
    public void A_file_that_is_not_there_is_noticed_at_the_start() =>
        Assert.Throws<FileNotFoundException>(() => new StaticFiles(typeof(StaticFilesTests).Assembly, "files/").Map(new Router(), "/", "none.html"));

    [Theory]
    [InlineData("a.html", "text/html; charset=utf-8")]
    [InlineData("client.js", "text/javascript; charset=utf-8")]
    [InlineData("a.css", "text/css; charset=utf-8")]
    [InlineData("a.svg", "image/svg+xml")]
    [InlineData("a", "application/octet-stream")]
    [InlineData("a.exe", "application/octet-stream")]
    public void Types(string name, string type) => Assert.Equal(type, StaticFiles.TypeOf(name));

    [GeneratedRegex("ETag: (\"[^\"]+\")")]
    private static partial Regex Tag();
}
