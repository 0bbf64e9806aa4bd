using System.IO.Compression;
using System.Text.RegularExpressions;

namespace RawHttp.Tests;

public partial class StaticFilesTests
{
    const string Page = "<!doctype html>\n<title>test</title>\n";

    static string Answer(string requestLine, string fields = "")
    {
        var router = new Router();
        new StaticFiles(typeof(StaticFilesTests).Assembly, "files/").Map(router, "/", "page.html").Map(router, "/script.js", "script.js");
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
    [InlineData("", null)]
    [InlineData("Accept-Encoding: gzip\r\n", "gzip")]
    [InlineData("Accept-Encoding: gzip, br\r\n", "br")]
    [InlineData("Accept-Encoding: br;q=0, gzip;q=0\r\n", null)]
    public void Who_accepts_it_gets_it_compressed(string fields, string? coding)
    {
        string answer = Answer("GET /script.js", fields);
        Assert.Equal((coding, "Accept-Encoding"), (Folder.FieldOf(answer, "Content-Encoding"), Folder.FieldOf(answer, "Vary")));
        Assert.Equal(Answer("GET /script.js").Split("\r\n\r\n", 2)[1], Decoded(Bytes.Of(Folder.ContentOf(answer)), coding));
        Assert.Equal($"{Folder.ContentOf(answer).Length}", Folder.FieldOf(answer, "Content-Length"));
    }

    [Fact] // RFC 9110 §8.8.3.3
    public void Each_form_has_a_tag_of_its_own() => Assert.Equal(3, new[] { "", "Accept-Encoding: gzip\r\n", "Accept-Encoding: br\r\n" }
        .Select(fields => Folder.FieldOf(Answer("GET /script.js", fields), "ETag")).Distinct().Count());

    [Fact]
    public void A_form_that_is_not_smaller_is_not_there()
    {
        string answer = Answer("GET /", "Accept-Encoding: gzip\r\n");
        Assert.Null(Folder.FieldOf(answer, "Content-Encoding"));
        Assert.EndsWith("\r\n\r\n" + Page, answer);
    }

    [Theory]
    [InlineData("bytes=2-8", "doctype")]
    [InlineData("bytes=-1", "\n")]
    public void A_part_is_sent(string range, string content)
    {
        string answer = Answer("GET /", $"Range: {range}\r\n");
        Assert.Equal(("206", content), (Folder.StatusOf(answer), Folder.ContentOf(answer)));
    }

    [Fact]
    public void Several_parts_are_sent() =>
        Assert.Matches("(?s)\r\n\r\n<!\r\n--.*\r\n\r\nhtml\r\n--[0-9a-f]{32}--\r\n$", Answer("GET /", "Range: bytes=0-1, 10-13\r\n"));

    static string Decoded(byte[] content, string? coding)
    {
        using MemoryStream bytes = new(content);
        using Stream decoding = coding switch { "gzip" => new GZipStream(bytes, CompressionMode.Decompress), "br" => new BrotliStream(bytes, CompressionMode.Decompress), _ => bytes };
        using MemoryStream all = new();
        decoding.CopyTo(all);
        return Bytes.Text(all.ToArray());
    }

    [GeneratedRegex("ETag: (\"[^\"]+\")")]
    private static partial Regex Tag();
}
