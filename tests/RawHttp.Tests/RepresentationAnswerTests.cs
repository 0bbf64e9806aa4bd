using RawHttp.Wire;

namespace RawHttp.Tests;

public sealed class RepresentationAnswerTests : IDisposable
{
    const string Changed = "Tue, 06 May 2025 07:08:09 GMT";

    readonly Folder folder = new();

    public RepresentationAnswerTests()
    {
        folder.Write("ten", "0123456789");
        folder.Write("coded", "0123456789");
        folder.Write("coded.gz", "abcdefghij");
        folder.Write("empty", "");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    // RFC 9110 §14.2, §15.3.7.1, §15.5.17
    [InlineData("bytes=2-4", "206", "bytes 2-4/10", "234")]
    [InlineData("bytes=-3", "206", "bytes 7-9/10", "789")]
    [InlineData("bytes=7-", "206", "bytes 7-9/10", "789")]
    [InlineData("bytes=0-", "206", "bytes 0-9/10", "0123456789")]
    [InlineData("bytes=2-3,3-4", "206", "bytes 2-4/10", "234")] // joined to one: no multipart
    [InlineData("bytes=2-3,99-", "206", "bytes 2-3/10", "23")]
    [InlineData("bytes=4-2", "200", null, "0123456789")]
    [InlineData("lines=1-2", "200", null, "0123456789")]
    public async Task One_range_is_sent(string range, string status, string? contentRange, string content)
    {
        string answer = await folder.AnswerAsync("GET /ten", "Range: " + range);
        Assert.Equal((status, contentRange, content), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Content-Range"), Folder.ContentOf(answer)));
        Assert.Equal($"{content.Length}", Folder.FieldOf(answer, "Content-Length"));
        Assert.Equal("bytes", Folder.FieldOf(answer, "Accept-Ranges"));
        Assert.Equal(Changed, Folder.FieldOf(answer, "Last-Modified"));
    }

    [Fact]
    public async Task A_repeated_range_does_not_count() =>
        Assert.Equal("200", Folder.StatusOf(await folder.AnswerAsync("GET /ten", "Range: bytes=0-1", "Range: bytes=0-1")));

    [Theory]
    [InlineData("/ten", "bytes=10-")]
    [InlineData("/ten", "bytes=-0")]
    public async Task A_range_that_is_not_there_is_told_what_is(string path, string range)
    {
        string answer = await folder.AnswerAsync("GET " + path, "Range: " + range);
        Assert.Equal(("416", "bytes */10", "application/problem+json"), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Content-Range"), Folder.FieldOf(answer, "Content-Type")));
        Assert.Contains($"\"code\":\"{HttpFaults.CodeOf(HttpFault.RangeNotSatisfiable)}\"", answer);
    }

    [Fact]
    public async Task Of_an_empty_file_all_is_sent() => Assert.Equal("200", Folder.StatusOf(await folder.AnswerAsync("GET /empty", "Range: bytes=0-")));

    [Fact] // RFC 9110 §15.3.7.2
    public async Task Several_ranges_are_parts_of_one_answer_of_exact_length()
    {
        string answer = await folder.AnswerAsync("GET /ten", "Range: bytes=0-0,5-6,-1");
        string boundary = Folder.FieldOf(answer, "Content-Type")!["multipart/byteranges; boundary=".Length..];
        string Part(string range, string content) => $"\r\n--{boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes {range}/10\r\n\r\n{content}";
        Assert.Equal(("206", null), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Content-Range")));
        Assert.Equal(Part("0-0", "0") + Part("5-6", "56") + Part("9-9", "9") + $"\r\n--{boundary}--\r\n", Folder.ContentOf(answer));
        Assert.Equal($"{Folder.ContentOf(answer).Length}", Folder.FieldOf(answer, "Content-Length"));
        Assert.Matches("^[0-9a-f]{32}$", boundary);
    }

    [Fact]
    public async Task A_boundary_is_not_used_again() => Assert.NotEqual(
        Folder.FieldOf(await folder.AnswerAsync("GET /ten", "Range: bytes=0-0,9-9"), "Content-Type"),
        Folder.FieldOf(await folder.AnswerAsync("GET /ten", "Range: bytes=0-0,9-9"), "Content-Type"));

    [Theory]
    // a range is of the form that was chosen; several ranges of a coded one are not sent
    [InlineData("gzip", "bytes=1-2", "206", "gzip", "bc")]
    [InlineData("gzip", "bytes=0-0,9-9", "200", "gzip", "abcdefghij")]
    [InlineData("identity", "bytes=1-2", "206", null, "12")]
    public async Task Ranges_are_of_the_form_that_was_chosen(string accepted, string range, string status, string? coding, string content)
    {
        string answer = await folder.AnswerAsync("GET /coded", "Accept-Encoding: " + accepted, "Range: " + range);
        Assert.Equal((status, coding, content), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Content-Encoding"), Folder.ContentOf(answer)));
    }

    [Theory]
    // RFC 9110 §13.1.5
    [InlineData("If-Range: TAG", "206")]
    [InlineData("If-Range: W/TAG", "200")]
    [InlineData("If-Range: \"other\"", "200")]
    [InlineData("If-Range: " + Changed, "206")]
    [InlineData("If-Range: Tue, 06 May 2025 07:08:10 GMT", "200")]
    [InlineData("If-Range: x", "200")]
    public async Task A_range_of_another_version_is_not_sent(string condition, string status)
    {
        string tag = Folder.FieldOf(await folder.AnswerAsync("GET /ten"), "ETag")!;
        string answer = await folder.AnswerAsync("GET /ten", "Range: bytes=0-1", condition.Replace("TAG", tag, StringComparison.Ordinal));
        Assert.Equal(status, Folder.StatusOf(answer));
    }

    [Fact] // RFC 9110 §13.2.1: a condition that fails comes before a range that is not there
    public async Task Conditions_come_before_ranges()
    {
        Assert.Equal("412", Folder.StatusOf(await folder.AnswerAsync("GET /ten", "Range: bytes=99-", "If-Match: \"x\"")));
        Assert.Equal("304", Folder.StatusOf(await folder.AnswerAsync("GET /ten", "Range: bytes=99-", "If-None-Match: *")));
        Assert.Equal("200", Folder.StatusOf(await folder.AnswerAsync("GET /ten", "Range: bytes=99-", "If-Range: \"x\"")));
    }

    [Fact] // RFC 9110 §15.5.13
    public async Task A_condition_that_fails_is_told()
    {
        string answer = await folder.AnswerAsync("GET /ten", "If-Unmodified-Since: Tue, 06 May 2025 07:08:08 GMT");
        Assert.Equal(("412", "application/problem+json"), (Folder.StatusOf(answer), Folder.FieldOf(answer, "Content-Type")));
        Assert.Contains($"\"code\":\"{HttpFaults.CodeOf(HttpFault.PreconditionFailed)}\"", answer);
    }

    [Fact] // RFC 9110 §15.4.5
    public async Task A_304_has_the_fields_that_caches_need_and_no_others()
    {
        string answer = await folder.AnswerAsync("GET /coded", "If-None-Match: *");
        string[] names = [.. answer.Split("\r\n").Skip(1).Where(line => line.Length > 0).Select(line => line.Split(':')[0]).Order()];
        Assert.Equal(["Cache-Control", "Connection", "Date", "ETag", "Vary"], names);
    }
}
