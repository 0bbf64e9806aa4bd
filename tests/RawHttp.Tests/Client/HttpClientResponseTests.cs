using RawHttp.Client;
using RawHttp.Wire;

namespace RawHttp.Tests.Client;

public class HttpClientResponseTests
{
    const string Get = "GET", Head = "HEAD";

    /// <summary>RFC 9112 §6.3, what bytes make which content; with the end of the connection behind them.</summary>
    public static TheoryData<string, string, string, string> Contents => new()
    {
        // clause                         method  answer, | for CRLF                                                                    outcome: content, then whether the connection stays
        { "9112 §6.3 item 6",             Get,    "HTTP/1.1 200 |Content-Length: 5||hello",                                             "hello, kept" },
        { "9112 §6.3 item 6, nothing",    Get,    "HTTP/1.1 200 |Content-Length: 0||",                                                  ", kept" },
        { "9112 §6.3 item 4",             Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||5|hello|6;a=b| world|0||",                 "hello world, kept" },
        { "9112 §6.3 item 4, nothing",    Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||0||",                                      ", kept" },
        { "9112 §7.1.2 trailers",         Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||2|ab|0|Digest: x|Other: y||",              "ab Digest=x Other=y, kept" },
        { "9112 §6.3 item 8",             Get,    "HTTP/1.1 200 ||until the end",                                                       "until the end, closed" },
        { "9112 §6.3 item 8, 1.0",        Get,    "HTTP/1.0 200 ||until the end",                                                       "until the end, closed" },
        { "9112 §6.3 item 8, nothing",    Get,    "HTTP/1.1 200 ||",                                                                    ", closed" },
        { "9112 §6.3 item 1 HEAD",        Head,   "HTTP/1.1 200 |Content-Length: 5||",                                                  ", kept" },
        { "9112 §6.3 item 1 HEAD",        Head,   "HTTP/1.1 200 |Transfer-Encoding: chunked||",                                         ", kept" },
        { "9112 §6.3 item 1 HEAD",        Head,   "HTTP/1.1 200 ||",                                                                    ", kept" },
        { "9112 §6.3 item 1 204",         Get,    "HTTP/1.1 204 ||",                                                                    ", kept" },
        { "9112 §6.3 item 1 204",         Get,    "HTTP/1.1 204 |Content-Length: 5||",                                                  ", kept" },
        { "9112 §6.3 item 1 304",         Get,    "HTTP/1.1 304 |Content-Length: 5||",                                                  ", kept" },
        { "9112 §6.3 item 1 1xx",         Get,    "HTTP/1.1 103 |Link: a||HTTP/1.1 102 ||HTTP/1.1 200 |Content-Length: 2||ok",          "ok, kept" },
        { "9112 §9.3 close",              Get,    "HTTP/1.1 200 |Connection: foo, Close|Content-Length: 2||ok",                         "ok, closed" },
        { "9112 §9.3 1.0",                Get,    "HTTP/1.0 200 |Content-Length: 2||ok",                                                "ok, closed" },
        { "9112 §9.3 1.0 keep-alive",     Get,    "HTTP/1.0 200 |Connection: keep-alive|Content-Length: 2||ok",                         "ok, kept" },
        { "9112 §9.2 empty lines",        Get,    "HTTP/1.1 200 |Content-Length: 2||ok||",                                              "ok, kept" },
        // What is broken is never taken for whole.
        { "9112 §8 short",                Get,    "HTTP/1.1 200 |Content-Length: 6||hello",                                             "BadAnswer BodyIncomplete" },
        { "9112 §8 nothing of it",        Get,    "HTTP/1.1 200 |Content-Length: 6||",                                                  "BadAnswer BodyIncomplete" },
        { "9112 §8 within a chunk",       Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||5|hel",                                    "BadAnswer BodyIncomplete" },
        { "9112 §8 between chunks",       Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||5|hello|",                                 "BadAnswer BodyIncomplete" },
        { "9112 §8 before the trailers end", Get, "HTTP/1.1 200 |Transfer-Encoding: chunked||5|hello|0|",                               "BadAnswer BodyIncomplete" },
        { "9112 §8 within the head",      Get,    "HTTP/1.1 200 |Content-Length: 6",                                                    "BadAnswer AnswerIncomplete" },
        { "9112 §8 behind a 1xx",         Get,    "HTTP/1.1 103 ||",                                                                    "BadAnswer AnswerIncomplete" },
        { "9112 §8 nothing",              Get,    "",                                                                                   "PeerClosed" },
        { "9112 §6.3 item 3",             Get,    "HTTP/1.1 200 |Content-Length: 5|Transfer-Encoding: chunked||5|hello|0||",            "BadAnswer TwoBodyLengths" },
        { "9112 §6.1 1.0",                Get,    "HTTP/1.0 200 |Transfer-Encoding: chunked||0||",                                      "BadAnswer TransferCodingInHttp10" },
        { "9112 §6.1 unknown",            Get,    "HTTP/1.1 200 |Transfer-Encoding: gzip, chunked||0||",                                "BadAnswer UnknownTransferCoding" },
        { "9112 §6.3 not last",           Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked, gzip||0||",                                "BadAnswer BadTransferCoding" },
        { "9110 §8.6 signed",             Get,    "HTTP/1.1 200 |Content-Length: +5||hello",                                            "BadAnswer BadContentLength" },
        { "9110 §8.6 twice",              Get,    "HTTP/1.1 200 |Content-Length: 5|Content-Length: 5||hello",                           "BadAnswer ContentLengthRepeated" },
        { "9112 §7.1 size",               Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||0x5|hello|0||",                            "BadAnswer BadChunkSize" },
        { "9112 §7.1 data's end",         Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||5|hello!|0||",                             "BadAnswer BadChunkEnd" },
        { "9112 §7.1.1",                  Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||5;|hello|0||",                             "BadAnswer BadChunkExtension" },
        { "9110 §6.5.1",                  Get,    "HTTP/1.1 200 |Transfer-Encoding: chunked||5|hello|0|Content-Length: 1||",            "BadAnswer ForbiddenTrailer" },
        { "9112 §4",                      Get,    "220 mail.test ESMTP ready|",                                                         "BadAnswer BadStatusLine" },
        { "9112 §2.3",                    Get,    "HTTP/2.0 200 ||",                                                                    "BadAnswer UnsupportedVersion" },
        { "9112 §5.2",                    Get,    "HTTP/1.1 200 |A: b| c||",                                                            "BadAnswer FoldedField" },
        { "9112 §5.1",                    Get,    "HTTP/1.1 200 |Content-Length : 5||hello",                                            "BadAnswer SpaceBeforeColon" },
        { "9112 §2.2 bare LF",            Get,    "HTTP/1.1 200 \nContent-Length: 5||hello",                                            "BadAnswer BareLineFeed" },
        { "9110 §7.8 unasked",            Get,    "HTTP/1.1 101 |Upgrade: x|Connection: upgrade||",                                     "BadAnswer UnaskedUpgrade" },
    };

    [Theory, MemberData(nameof(Contents))]
    public async Task An_answer_is_the_same_however_the_network_cuts_it(string clause, string method, string answer, string expected)
    {
        byte[] bytes = Bytes.Of(answer.Replace("|", "\r\n", StringComparison.Ordinal));
        Assert.Equal((clause, expected), (clause, await OutcomeOf(method, bytes, [bytes.Length])));
        Assert.Equal((clause, expected), (clause, await OutcomeOf(method, bytes, [.. Enumerable.Repeat(1, bytes.Length)])));
        for (int cut = 1; cut < bytes.Length; cut++) Assert.Equal((clause, cut, expected), (clause, cut, await OutcomeOf(method, bytes, [cut, bytes.Length - cut])));
    }

    /// <summary>RFC 9112 §9.2: what comes unasked is no answer, whether it comes with the one before or later.</summary>
    [Theory]
    [InlineData(Get, "HTTP/1.1 200 |Content-Length: 2||ok", "HTTP/1.1 200 |Content-Length: 5||wrong")]
    [InlineData(Head, "HTTP/1.1 200 |Content-Length: 5||", "hello")]
    [InlineData(Get, "HTTP/1.1 204 |Content-Length: 5||", "hello")]
    [InlineData(Get, "HTTP/1.1 200 |Transfer-Encoding: chunked||0||", "0||")]
    public async Task Bytes_behind_an_answer_end_the_connection_and_answer_nothing(string method, string answer, string behind)
    {
        answer = answer.Replace("|", "\r\n", StringComparison.Ordinal);
        using ClientRig together = new();
        HttpClientResponse whole = await together.AnswerAsync(answer + behind, new() { Method = method });
        await ClientRig.ContentOf(whole);
        Assert.Equal((false, HttpFault.UnaskedAnswer), (together.Client.CanSend, together.Client.FaultBehindAnswer));
        Assert.True(together.Channel.IsAborted);

        using ClientRig later = new();
        await ClientRig.ContentOf(await later.AnswerAsync(answer, new() { Method = method }));
        Assert.True(later.Client.CanSend);
        later.Channel.TakeSent();
        later.Channel.Arrive(behind);
        HttpClientException refused = await Assert.ThrowsAsync<HttpClientException>(() => later.Client.SendAsync(new() { Target = "/next" }));
        Assert.Equal((HttpClientEnding.BadAnswer, HttpFault.UnaskedAnswer, true, ""), (refused.Ending, refused.Fault, refused.IsUnsent, later.Sent));
    }

    [Fact]
    public async Task Pieces_of_an_endless_stream_are_given_as_they_come()
    {
        using ClientRig rig = new();
        using HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        Assert.Equal((200, "text/event-stream", null), (response.Status, response.FieldValue("content-type"u8), response.ContentLength));
        foreach (string piece in new[] { ": hello\n\n", "data: 1\n\n", "data: 2\n\n" })
        {
            ValueTask<ReadOnlyMemory<byte>> reading = response.ReadAsync();
            Assert.False(reading.IsCompleted);
            rig.Channel.Arrive($"{piece.Length:x}\r\n{piece}\r\n");
            Assert.Equal(piece, Bytes.Text((await reading).Span));
        }
        Assert.False(response.IsComplete);
    }

    [Fact]
    public async Task Content_may_be_longer_than_any_limit_of_the_server_side()
    {
        using ClientRig rig = new();
        using HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nabc");
        Assert.Equal("abc", Bytes.Text((await response.ReadAsync()).Span));
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")]
    public async Task Reading_all_gives_all_and_past_the_bound_a_failure(string rest)
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync($"HTTP/1.1 200 OK\r\n{rest}");
        Assert.Equal("hello"u8.ToArray(), await response.ReadAllAsync(5));
        Assert.Equal((true, true), (response.IsComplete, rig.Client.CanSend));
        Assert.Empty(await response.ReadAllAsync(0));

        using ClientRig small = new();
        response = await small.AnswerAsync($"HTTP/1.1 200 OK\r\n{rest}");
        Assert.Equal("TooLarge BodyTooLarge", await ClientRig.OutcomeOf(response.ReadAllAsync(4)));
        Assert.False(small.Client.CanSend);
    }

    [Fact]
    public async Task After_a_failure_it_fails_again_and_never_seems_whole()
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello");
        rig.Channel.ArriveEnd();
        Assert.Equal("BadAnswer BodyIncomplete", await ClientRig.OutcomeOf(ClientRig.ContentOf(response)));
        Assert.Equal("BadAnswer BodyIncomplete", await ClientRig.OutcomeOf(response.ReadAllAsync(100)));
        Assert.False(response.IsComplete);
    }

    /// <summary>RFC 9112 §9.8.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello", HttpFault.EndNotAuthentic)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", HttpFault.None)]
    public async Task An_end_that_the_server_did_not_tell_ends_only_content_that_has_an_end_of_its_own(string answer, HttpFault expected)
    {
        using ClientRig rig = new();
        rig.Channel.EndIsCutOff = true;
        HttpClientResponse response = await rig.AnswerAsync(answer);
        rig.Channel.ArriveEnd();
        Assert.Equal(expected, await ClientRig.FaultOf(ClientRig.ContentOf(response)));
    }

    [Fact]
    public async Task Disposed_before_its_end_it_takes_its_connection_along_and_after_it_not()
    {
        using ClientRig rig = new();
        (await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).Dispose();
        Assert.False(rig.Client.CanSend);
        Assert.True(rig.Channel.IsAborted);

        using ClientRig other = new();
        HttpClientResponse response = await other.AnswerAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        await response.ReadAsync(); // all of the content, but not its end, which is here already
        response.Dispose();
        Assert.True(other.Client.CanSend);
    }

    [Fact]
    public async Task A_read_from_a_closed_connection_says_so()
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        rig.Client.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await response.ReadAsync());
    }

    [Fact]
    public async Task A_read_can_be_cancelled()
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
        using CancellationTokenSource cancel = new();
        Task<ReadOnlyMemory<byte>> reading = response.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal("Aborted", await ClientRig.OutcomeOf(response.ReadAllAsync(10)));
    }

    [Fact]
    public async Task A_connection_that_was_switched_is_handed_over_once_with_what_came_behind_the_answer()
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: Upgrade\r\n\r\nfirst words", new() { Upgrade = "chat" });
        Assert.Equal(101, response.Status);
        UpgradedChannel channel = response.TakeUpgraded();
        Assert.Equal("first words", Bytes.Text(channel.Connection.Inbox.Unread));
        Assert.Throws<InvalidOperationException>(response.TakeUpgraded);
        response.Dispose();
        rig.Client.Dispose();
        Assert.False(rig.Channel.IsAborted);
        Assert.False(rig.Client.CanSend);
        channel.Connection.Dispose();
    }

    [Theory]
    [InlineData("Upgrade: other\r\nConnection: Upgrade")]
    [InlineData("Upgrade: chat")]
    [InlineData("Connection: Upgrade")]
    public async Task A_switch_to_something_else_is_refused(string fields)
    {
        using ClientRig rig = new();
        HttpFault fault = await ClientRig.FaultOf(rig.AnswerAsync($"HTTP/1.1 101 Switching Protocols\r\n{fields}\r\n\r\n", new() { Upgrade = "chat" }));
        Assert.Equal(HttpFault.UnaskedUpgrade, fault);
    }

    [Fact]
    public async Task An_answer_that_does_not_switch_has_no_connection_to_give()
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", new() { Upgrade = "chat" });
        Assert.Throws<InvalidOperationException>(response.TakeUpgraded);
    }

    static async Task<string> OutcomeOf(string method, byte[] answer, int[] cuts)
    {
        using ClientRig rig = new();
        Task<string> reading = ClientRig.OutcomeOf(ReadAsync(rig, method));
        int arrived = 0;
        foreach (int cut in cuts)
        {
            rig.Channel.Arrive(answer.AsSpan(arrived, cut));
            arrived += cut;
        }
        if (!reading.IsCompleted) rig.Channel.ArriveEnd();
        return await reading;
    }

    static async Task<string> ReadAsync(ClientRig rig, string method)
    {
        using HttpClientResponse response = await rig.Client.SendAsync(new() { Method = method });
        string content = await ClientRig.ContentOf(response);
        return $"{content}, {(rig.Client.CanSend ? "kept" : "closed")}";
    }
}
