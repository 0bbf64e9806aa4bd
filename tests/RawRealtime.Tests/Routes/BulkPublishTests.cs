using System.Text;
using RawRealtime.Routes;
using RawRealtime.Server;

namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, Publishing in bulk.</summary>
public sealed class BulkPublishTests : IDisposable
{
    const string Chunked = "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n";

    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    RigPeer Begin(string query = "channel=a", string fields = "") => rig.Connect().Send(ServerRig.Request("POST", "/publish?" + query, Chunked + fields));

    static string Chunk(string content) => $"{Encoding.UTF8.GetByteCount(content):x}\r\n{content}\r\n";

    static string Ok(int offset, int line) => $$"""{"id":"epoch001-{{offset}}","channel":"a","subscribers":0,"line":{{line}}}""" + "\n";

    static string Outcomes(string answers) => string.Join(' ', answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Contains("\"code\"", StringComparison.Ordinal)
        ? line.Split("\"code\":\"")[1].Split('"')[0] + line[line.LastIndexOf(':')..^1] : line == "<end>" ? line : "ok" + line[line.LastIndexOf(':')..^1]));

    [Fact]
    public async Task Each_line_is_answered_while_the_content_still_comes()
    {
        RigPeer peer = Begin().Send(Chunk("{\"data\":\"1\"}\n{\"da"));
        Assert.Equal($"HTTP/1.1 200 OK\r\n{ServerRig.Date}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n", peer.TakeHead());
        Assert.Equal(Ok(1, 1), peer.Events());
        peer.Send(Chunk("ta\":\"2\"}\n\r\n\n{\"data\":\"3\"}"));
        Assert.Equal(Ok(2, 2), peer.Events());
        peer.Send("0\r\n\r\n");
        Assert.Equal(Ok(3, 5) + "<end>", peer.Events());
        Assert.Contains("\"data\":\"3\"", rig.Kept("a"));
        Assert.StartsWith("HTTP/1.1 200 OK", await peer.Send(ServerRig.Request("GET", "/healthz")).Until("ok\n")); // the connection is kept
    }

    [Fact]
    public void A_bad_line_is_refused_alone()
    {
        RigPeer peer = Begin().Send(Chunk("{\"data\":\"1\"}\nx\n{\"data\":\"2\",\"ttl\":0}\n{\"data\":\"3\",\"channel\":\"\"}\n{\"data\":\"4\"}\n") + "0\r\n\r\n");
        peer.TakeHead();
        Assert.Equal("ok:1 bad-line:2 bad-ttl:3 bad-channel:4 ok:5 <end>", Outcomes(peer.Events()));
    }

    [Fact]
    public void A_line_that_is_too_long_is_passed_over_and_not_held()
    {
        RigPeer peer = Begin().Send(Chunk("{\"data\":\"1\"}\n"));
        string piece = Chunk(new string('x', 64 << 10));
        for (int sent = 0; sent <= BulkPublish.MaxLineBytes; sent += 64 << 10) peer.Send(piece);
        peer.Send(Chunk("\n{\"data\":\"2\"}") + "0\r\n\r\n").TakeHead();
        Assert.Equal($"ok:1 {ServerFaults.CodeOf(ServerFault.LineTooLong)}:2 ok:3 <end>", Outcomes(peer.Events()));
    }

    [Fact]
    public void A_lines_key_publishes_once()
    {
        RigPeer peer = Begin().Send(Chunk("{\"data\":\"1\",\"key\":\"k\"}\n{\"data\":\"2\",\"key\":\"k\"}\n{\"data\":\"3\",\"key\":\"l\"}\n") + "0\r\n\r\n");
        peer.TakeHead();
        Assert.Equal(Ok(1, 1) + Ok(1, 2) + Ok(2, 3) + "<end>", peer.Events());
    }

    [Theory] // query, fields, what it is answered with
    [InlineData("channel=a", "Idempotency-Key: k\r\n", "400 key-for-many-lines")]
    [InlineData("channel=a%20b", "", "400 bad-channel")]
    [InlineData("event=open", "", "400 bad-event")]
    [InlineData("ttl=0", "", "400 bad-ttl")]
    [InlineData("ttl=1s", "", "400 bad-ttl")]
    [InlineData("", "Origin: https://foreign.example\r\n", "403 origin-refused")]
    [InlineData("", "Content-Encoding: gzip\r\n", "415 unsupported-content-coding")]
    public void What_is_wrong_with_the_whole_is_refused_before_a_line_is_read(string query, string fields, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(Begin(query, fields).Take()));

    [Fact]
    public void Content_declared_too_large_is_refused_before_it_comes() => Assert.Equal("413 body-too-large", ServerRig.Outcome(
        rig.Connect().Send(ServerRig.Request("POST", "/publish", "Content-Type: application/x-ndjson\r\nContent-Length: 30000001\r\n")).Take()));

    [Fact]
    public async Task Content_that_breaks_in_the_midst_is_told_behind_the_answers_and_ends_the_connection()
    {
        RigPeer peer = Begin().Send(Chunk("{\"data\":\"1\"}\n{\"data\":\"2\"}") + "no size\r\n");
        peer.TakeHead();
        Assert.Equal("ok:1 bad-chunk-size:2 <end>", Outcomes(peer.Events()));
        Assert.DoesNotContain("\"data\":\"2\"", rig.Kept("a"));
        await peer.Channel.WhenSendingEnded.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Of_content_that_is_cut_off_the_lines_before_are_published_and_none_else()
    {
        RigPeer peer = Begin().Send(Chunk("{\"data\":\"1\"}\n{\"data\":\"2\"}\n{\"data\":\"3\"}"));
        await peer.Ended();
        peer.TakeHead();
        Assert.StartsWith("ok:1 ok:2", Outcomes(peer.Events()), StringComparison.Ordinal);
        Assert.EndsWith("-2", Assert.Single(rig.Server.Hub.Snapshot()).Cursor.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_does_not_take_its_answers_is_not_read_on()
    {
        const int Lines = 100_000;
        RigPeer peer = Begin();
        peer.Channel.SendsStall = true;
        string line = "{\"data\":\"\"}\n";
        string piece = Chunk(string.Concat(Enumerable.Repeat(line, 1000)));
        for (int i = 0; i < Lines / 1000; i++) peer.Send(piece);
        long published = long.Parse(Assert.Single(rig.Server.Hub.Snapshot()).Cursor.ToString().Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(published, 10_000, 40_000); // a queue of 1 MiB of answers, no more
        peer.Channel.SendsStall = false;
    }

    [Fact]
    public async Task A_publisher_far_ahead_of_the_dispatching_is_held_back_and_told_what_it_reached()
    {
        rig.Connect().Get("/events?channel=a");
        rig.HoldsDispatch = true;
        RigPeer peer = Begin().Send(Chunk(string.Concat(Enumerable.Repeat("{\"data\":\"\"}\n", 300))) + "0\r\n\r\n");
        Assert.EndsWith("\"id\":\"epoch001-257\",\"channel\":\"a\",\"subscribers\":1,\"line\":257}\n\r\n", peer.Take());
        rig.HoldsDispatch = false;
        await peer.Until("\"line\":300}\n\r\n0\r\n\r\n");
    }
}
