using System.Text;

namespace RawHttp.Tests;

public sealed class DirectoryFilesTests : IDisposable
{
    const string Changed = "Tue, 06 May 2025 07:08:09 GMT";

    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_is_sent_with_all_that_is_known_about_it()
    {
        folder.Write("a.html", "<p>hello");
        string answer = await folder.AnswerAsync("GET /a.html");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Equal("<p>hello", Folder.ContentOf(answer));
        Assert.Equal("8", Folder.FieldOf(answer, "Content-Length"));
        Assert.Equal("text/html; charset=utf-8", Folder.FieldOf(answer, "Content-Type"));
        Assert.Equal(Changed, Folder.FieldOf(answer, "Last-Modified"));
        Assert.Matches("^\"[0-9a-f]+-8\"$", Folder.FieldOf(answer, "ETag"));
        Assert.Equal("bytes", Folder.FieldOf(answer, "Accept-Ranges"));
        Assert.Equal("nosniff", Folder.FieldOf(answer, "X-Content-Type-Options"));
        Assert.Equal("no-cache", Folder.FieldOf(answer, "Cache-Control"));
        Assert.Null(Folder.FieldOf(answer, "Vary"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Range: bytes=0-1")] // RFC 9110 §14.2: a range is for GET only
    public async Task HEAD_has_the_same_fields_and_no_content(string field)
    {
        folder.Write("a.txt", "hello");
        string[] fields = field.Length == 0 ? [] : [field];
        Assert.Equal(await folder.AnswerAsync("GET /a.txt"), await folder.AnswerAsync("HEAD /a.txt", fields) + "hello");
    }

    [Theory]
    [InlineData("/", "index")]
    [InlineData("/?x=y", "index")]
    [InlineData("/sub/", "sub index")]
    [InlineData("/sub/a.txt", "text")]
    [InlineData("/sub/%61.txt", "text")]
    [InlineData("/%C3%A4%20b", "umlaut")]
    [InlineData("/%2541", "percent")]     // decoded once
    [InlineData("/empty", "")]
    public async Task Paths_lead_to_files(string path, string content)
    {
        folder.Write("index.html", "index");
        folder.Write("sub/index.html", "sub index");
        folder.Write("sub/a.txt", "text");
        folder.Write("ä b", "umlaut");
        folder.Write("%41", "percent");
        folder.Write("empty", "");
        string answer = await folder.AnswerAsync("GET " + path);
        Assert.Equal(("200", content), (Folder.StatusOf(answer), Folder.ContentOf(answer)));
    }

    [Theory]
    [InlineData("/none", "not-found")]
    [InlineData("/sub/none/deeper", "not-found")]
    [InlineData("/a.txt/", "not-found")]
    [InlineData("/a.txt/b", "not-found")]
    [InlineData("/bare/", "not-found")]                        // a folder without an index is not listed
    [InlineData("/root-secret", "not-found")]
    [InlineData("/../secret", "path-has-dot-segment")]
    [InlineData("/%2e%2e/secret", "path-has-dot-segment")]
    [InlineData("/sub/..%2f..%2fsecret", "path-has-encoded-slash")]
    [InlineData("/..%5csecret", "path-has-backslash")]
    [InlineData("/%C0%AE%C0%AE/secret", "path-not-utf8")]
    [InlineData("//a.txt", "path-has-empty-segment")]
    [InlineData("/.hidden", "path-is-hidden")]
    [InlineData("/a.txt::$DATA", "path-not-portable")]
    public async Task Other_paths_lead_nowhere(string path, string code)
    {
        folder.Write("a.txt", "text");
        folder.Write(".hidden", "hidden");
        folder.Write("bare/x", "x");
        folder.Write("../secret", "secret");
        folder.Write("../root-secret", "secret");
        string answer = await folder.AnswerAsync("GET " + path);
        Assert.Equal("404", Folder.StatusOf(answer));
        Assert.Contains($"\"code\":\"{code}\"", answer);
        Assert.DoesNotContain("secret", answer);
    }

    [Theory]
    [InlineData("/sub", "/sub/")]
    [InlineData("/sub?a=b", "/sub/?a=b")]
    [InlineData("/%73ub", "/%73ub/")]
    [InlineData("/bare", "/bare/")]
    public async Task A_folder_without_its_slash_is_told_with_308(string path, string location)
    {
        folder.Write("sub/index.html", "index");
        folder.Write("bare/x", "x");
        string answer = await folder.AnswerAsync("GET " + path);
        Assert.Equal(("308", location, "0"), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Location"), Folder.FieldOf(answer, "Content-Length")));
    }

    [Fact]
    public async Task A_link_that_leads_out_is_not_found()
    {
        folder.Write("../secret", "secret");
        folder.Write("../elsewhere/index.html", "secret");
        folder.Write("real/a.txt", "text");
        folder.Link("out", folder.PathOf("../secret"));
        folder.Link("outfolder", folder.PathOf("../elsewhere"));
        folder.Link("in", folder.PathOf("real"));
        Assert.Equal("404", Folder.StatusOf(await folder.AnswerAsync("GET /out")));
        Assert.Equal("404", Folder.StatusOf(await folder.AnswerAsync("GET /outfolder/")));
        Assert.Equal("404", Folder.StatusOf(await folder.AnswerAsync("GET /outfolder")));
        Assert.Equal("404", Folder.StatusOf(await folder.AnswerAsync("GET /outfolder/index.html")));
        Assert.Equal("text", Folder.ContentOf(await folder.AnswerAsync("GET /in/a.txt")));
    }

    [Fact]
    public async Task A_pipe_is_not_opened()
    {
        if (!folder.TryMakePipe("pipe")) return;
        Assert.Equal("", Folder.ContentOf(await folder.AnswerAsync("GET /pipe")));
    }

    [Fact]
    public async Task Forms_made_before_are_sent_to_who_accepts_them()
    {
        folder.Write("a.js", "plain script");
        folder.Write("a.js.gz", "gzipped");
        folder.Write("a.js.br", "brotli");
        string plain = await folder.AnswerAsync("GET /a.js");
        string gzip = await folder.AnswerAsync("GET /a.js", "Accept-Encoding: gzip");
        string brotli = await folder.AnswerAsync("GET /a.js", "Accept-Encoding: gzip, br");
        Assert.Equal(("plain script", "gzipped", "brotli"), (Folder.ContentOf(plain), Folder.ContentOf(gzip), Folder.ContentOf(brotli)));
        Assert.Equal((null, "gzip", "br"), (Folder.FieldOf(plain, "Content-Encoding"), Folder.FieldOf(gzip, "Content-Encoding"), Folder.FieldOf(brotli, "Content-Encoding")));
        string[] all = [plain, gzip, brotli];
        Assert.All(all, answer => Assert.Equal("Accept-Encoding", Folder.FieldOf(answer, "Vary")));
        Assert.All(all, answer => Assert.Equal("text/javascript; charset=utf-8", Folder.FieldOf(answer, "Content-Type")));
        Assert.Equal(3, all.Select(answer => Folder.FieldOf(answer, "ETag")).Distinct().Count());
    }

    [Theory]
    [InlineData("If-None-Match: *", "304")]
    [InlineData("If-Match: \"x\"", "412")]
    [InlineData("Range: bytes=99-", "416")]
    [InlineData("Range: bytes=0-1", "206")]
    [InlineData("Accept-Encoding: identity;q=0", "200")]
    public async Task Every_answer_that_was_chosen_says_by_what(string field, string status)
    {
        folder.Write("a.js", "plain script");
        folder.Write("a.js.gz", "gzipped");
        string answer = await folder.AnswerAsync("GET /a.js", field);
        Assert.Equal((status, "Accept-Encoding"), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Vary")));
    }

    [Fact]
    public async Task A_form_that_is_older_than_its_file_or_empty_does_not_count()
    {
        folder.Write("a.js", "new script", Folder.Old.AddSeconds(1));
        folder.Write("a.js.gz", "gzip of the old script", Folder.Old);
        folder.Write("a.js.br", "");
        string answer = await folder.AnswerAsync("GET /a.js", "Accept-Encoding: gzip, br");
        Assert.Equal(("new script", null), (Folder.ContentOf(answer), Folder.FieldOf(answer, "Vary")));
    }

    [Fact]
    public async Task A_tag_is_known_again_and_changes_with_the_file()
    {
        folder.Write("a.txt", "one");
        string tag = Folder.FieldOf(await folder.AnswerAsync("GET /a.txt"), "ETag")!;
        string known = await folder.AnswerAsync("GET /a.txt", "If-None-Match: " + tag);
        Assert.Equal(("304", tag, "", null), (Folder.StatusOf(known), Folder.FieldOf(known, "ETag"), Folder.ContentOf(known), Folder.FieldOf(known, "Last-Modified")));
        Assert.Equal("304", Folder.StatusOf(await folder.AnswerAsync("GET /a.txt", "If-Modified-Since: " + Changed)));
        folder.Write("a.txt", "two", Folder.Old.AddTicks(1));
        Assert.Equal("two", Folder.ContentOf(await folder.AnswerAsync("GET /a.txt", "If-None-Match: " + tag)));
    }

    [Theory]
    // RFC 9110 §8.8.1: the present of the test is 2026-01-02 03:04:05
    [InlineData(3, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(0, false)]
    [InlineData(-3600, false)]
    public async Task A_file_that_may_change_again_unnoticed_has_no_validators(int secondsAgo, bool hasValidators)
    {
        folder.Write("a.txt", "one", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddSeconds(-secondsAgo));
        string answer = await folder.AnswerAsync("GET /a.txt", "If-None-Match: *x");
        Assert.Equal(hasValidators, Folder.FieldOf(answer, "ETag") is not null);
        Assert.Equal(hasValidators, Folder.FieldOf(answer, "Last-Modified") is not null);
    }

    [Fact]
    public async Task A_large_file_is_sent_piece_by_piece_and_the_connection_lives_on()
    {
        byte[] content = Large();
        folder.Write("large.bin", content);
        using Peer peer = folder.Serve();
        peer.Channel.Arrive("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
        string all = await peer.SentUntil("--end--");
        Assert.Equal(Encoding.Latin1.GetString(content), Folder.ContentOf(all));
        peer.Channel.Arrive("GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", await peer.SentUntil("}"));
    }

    [Theory]
    [InlineData("shrinks")]
    [InlineData("grows")]
    [InlineData("is written to")]
    public async Task A_file_that_changes_while_it_is_sent_ends_the_connection(string how)
    {
        string path = folder.Write("large.bin", Large());
        using Peer peer = folder.Serve();
        peer.Channel.SendsStall = true; // so that it is under way, and cannot be through
        peer.Channel.Arrive("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
        if (how == "shrinks") using (FileStream file = new(path, FileMode.Open)) file.SetLength(100_000);
        if (how == "grows") await File.AppendAllTextAsync(path, "x");
        if (how == "is written to") File.SetLastWriteTimeUtc(path, Folder.Old.AddSeconds(1));
        peer.Channel.SendsStall = false;
        await peer.Channel.WhenAborted.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpEnding.Incomplete, (await peer.EndingAsync()).Ending);
        Assert.DoesNotContain("--end--", peer.Sent);
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public async Task A_peer_that_leaves_meanwhile_is_no_bug()
    {
        folder.Write("large.bin", Large());
        using Peer peer = folder.Serve();
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
        peer.Channel.Break(new IOException("gone"));
        await peer.EndingAsync();
        Assert.Empty(peer.Bugs);
    }

    [Fact]
    public void There_must_be_a_folder()
    {
        Assert.Throws<DirectoryNotFoundException>(() => new DirectoryFiles(folder.PathOf("none")));
        Assert.Throws<DirectoryNotFoundException>(() => new DirectoryFiles(folder.Write("a.txt", "")));
    }

    static byte[] Large()
    {
        byte[] content = new byte[3 << 20];
        new Random(3).NextBytes(content);
        for (int i = 0; i < content.Length; i++) content[i] |= 0x80; // so that nothing in it looks like the end
        "--end--"u8.CopyTo(content.AsSpan(^7));
        return content;
    }
}
