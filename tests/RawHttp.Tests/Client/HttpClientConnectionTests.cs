using System.Net;
using System.Net.Sockets;
using RawHttp.Client;
using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

public sealed class HttpClientConnectionTests
{
    const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Requests_follow_each_other_on_one_connection()
    {
        using ClientRig rig = new();
        for (int i = 0; i < 3; i++)
        {
            HttpClientResponse response = await rig.AnswerAsync($"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{i}", new() { Target = $"/{i}" });
            Assert.Equal($"GET /{i} HTTP/1.1\r\nHost: server.test\r\n\r\n", rig.Sent);
            Assert.Equal($"{i}", await ClientRig.ContentOf(response));
        }
    }

    [Fact]
    public async Task A_head_that_comes_byte_by_byte_is_read_and_its_fields_last_beyond_the_next_one()
    {
        using ClientRig rig = new();
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new());
        foreach (char one in "HTTP/1.1 404 Not Here\r\nX-Why: because\r\nContent-Length: 0\r\n\r\n") rig.Channel.Arrive(one.ToString());
        HttpClientResponse response = await asking;
        await rig.AnswerAsync("HTTP/1.1 204 \r\nX-Why: other\r\n\r\n");
        Assert.Equal((404, "because", 0L), (response.Status, response.FieldValue("x-why"u8), response.ContentLength));
    }

    [Fact]
    public async Task An_answer_that_was_not_read_holds_the_connection()
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Client.SendAsync(new()));
        await response.ReadAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Client.SendAsync(new()));
        rig.Channel.Arrive("k");
        await response.ReadAsync(); // the last of the content: what is left is its end
        Assert.Equal(200, (await rig.AnswerAsync(Ok)).Status);
        Assert.True(response.IsComplete);
    }

    [Fact]
    public async Task A_request_on_top_of_one_that_is_under_way_is_a_mistake_and_harms_nothing()
    {
        using ClientRig rig = new();
        Task<HttpClientResponse> first = rig.Client.SendAsync(new());
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Client.SendAsync(new()));
        rig.Channel.Arrive(Ok);
        Assert.Equal(200, (await first).Status);
    }

    [Fact]
    public async Task A_request_that_cannot_be_sent_harms_nothing()
    {
        using ClientRig rig = new();
        await Assert.ThrowsAsync<ArgumentException>(() => rig.Client.SendAsync(new() { Target = "/a b" }));
        Assert.Equal("", rig.Sent);
        Assert.Equal(200, (await rig.AnswerAsync(Ok)).Status);
    }

    [Fact]
    public async Task After_a_last_request_the_connection_closes_though_the_server_would_keep_it()
    {
        using ClientRig rig = new();
        await rig.AnswerAsync(Ok, new() { IsLast = true });
        Assert.Equal((false, true), (rig.Client.CanSend, rig.Channel.IsAborted));
    }

    [Fact]
    public async Task A_flood_of_interim_answers_is_refused()
    {
        using ClientRig rig = new(new() { MaxInterimAnswers = 2 });
        string two = "HTTP/1.1 103 \r\n\r\nHTTP/1.1 102 \r\n\r\n";
        Assert.Equal(200, (await rig.AnswerAsync(two + Ok)).Status);
        Assert.Equal(HttpFault.TooManyInterimAnswers, await ClientRig.FaultOf(rig.AnswerAsync(two + "HTTP/1.1 103 \r\n\r\n" + Ok)));
    }

    [Fact]
    public async Task A_head_past_its_bounds_is_refused()
    {
        using ClientRig fields = new(new() { Limits = new() { MaxFields = 2 } });
        Assert.Equal("BadAnswer TooManyFields", await ClientRig.OutcomeOf(fields.AnswerAsync("HTTP/1.1 200 \r\na: b\r\nc: d\r\ne: f\r\n\r\n")));
        using ClientRig bytes = new(new() { Limits = new() { MaxHeadBytes = 128 } });
        Assert.Equal("BadAnswer FieldsTooLarge", await ClientRig.OutcomeOf(bytes.AnswerAsync($"HTTP/1.1 200 \r\na: {new string('b', 200)}\r\n\r\n")));
    }

    // Time

    [Theory]
    [InlineData("", "HeadTimedOut")]
    [InlineData("HTTP/1.1 200 OK\r\n", "HeadTimedOut")]
    [InlineData("HTTP/1.1 103 \r\n\r\n", "HeadTimedOut")]
    public async Task The_head_of_an_answer_has_its_time(string some, string expected)
    {
        using ClientRig rig = new(new() { HeadMilliseconds = 5_000 });
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new());
        rig.Time.Advance(4_800);
        rig.Channel.Arrive(some);
        Assert.False(asking.IsCompleted);
        rig.Time.Advance(300);
        Assert.Equal(expected, await ClientRig.OutcomeOf(asking));
        Assert.True(rig.Channel.IsAborted);
    }

    [Fact]
    public async Task Each_piece_of_content_has_its_time_and_the_caller_all_it_wants()
    {
        using ClientRig rig = new(new() { ContentMilliseconds = 1_000 });
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        for (int i = 0; i < 3; i++)
        {
            rig.Time.Advance(10_000); // nobody waits
            Task<ReadOnlyMemory<byte>> reading = response.ReadAsync().AsTask();
            rig.Time.Advance(900);
            rig.Channel.Arrive("piece");
            Assert.Equal(5, (await reading.WaitAsync(Patience)).Length);
        }
        Task<byte[]> late = response.ReadAllAsync(1000);
        rig.Time.Advance(1_100);
        Assert.Equal("ContentTimedOut", await ClientRig.OutcomeOf(late));
    }

    [Fact]
    public async Task The_whole_has_its_time_however_steadily_it_comes()
    {
        using ClientRig rig = new(new() { WholeMilliseconds = 3_000 });
        HttpClientResponse response = await rig.AnswerAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        Task<byte[]> reading = response.ReadAllAsync(100);
        for (int i = 0; i < 31 && !reading.IsCompleted; i++)
        {
            rig.Channel.Arrive("x");
            rig.Time.Advance(100);
        }
        Assert.Equal("WholeTimedOut", await ClientRig.OutcomeOf(reading));
    }

    [Fact]
    public async Task An_idle_connection_has_all_the_time_there_is()
    {
        using ClientRig rig = new(new() { WholeMilliseconds = 3_000 });
        await rig.AnswerAsync(Ok);
        rig.Time.Advance(1_000_000);
        Assert.Equal(200, (await rig.AnswerAsync(Ok)).Status);
    }

    [Fact]
    public async Task A_server_that_takes_nothing_of_the_request_has_its_time()
    {
        using ClientRig rig = new(new() { HeadMilliseconds = 1_000, Sending = new() { StallMilliseconds = 5_000 } });
        rig.Channel.SendsStall = true;
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new() { Method = "PUT", Content = new byte[3 << 20] });
        rig.Time.Advance(4_000);
        Assert.False(asking.IsCompleted); // no time of the answer's runs yet
        rig.Time.Advance(1_100);
        Assert.Equal("SendTimedOut", await ClientRig.OutcomeOf(asking));
    }

    // Content

    [Fact]
    public async Task Large_content_is_sent_whole_and_then_the_answer_has_its_time()
    {
        using ClientRig rig = new(new() { HeadMilliseconds = 1_000 });
        byte[] content = new byte[3 << 20];
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new() { Method = "PUT", Content = content });
        await rig.Channel.WhenSent(content.Length).WaitAsync(Patience);
        rig.Channel.Arrive(Ok);
        await (await asking.WaitAsync(Patience)).ReadAllAsync(0);
        Assert.Equal(200, (await rig.AnswerAsync(Ok)).Status);
    }

    [Fact]
    public async Task Content_waits_for_100()
    {
        using ClientRig rig = new();
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new() { Method = "PUT", Content = "content"u8.ToArray(), ExpectsContinue = true });
        Assert.EndsWith("Expect: 100-continue\r\n\r\n", rig.Sent);
        long head = rig.Channel.SentTotal;
        rig.Channel.Arrive("HTTP/1.1 100 Continue\r\n\r\n");
        await rig.Channel.WhenSent(head + 7).WaitAsync(Patience);
        Assert.Equal("content", rig.Sent);
        rig.Channel.Arrive(Ok);
        Assert.Equal(200, (await asking.WaitAsync(Patience)).Status);
    }

    [Fact]
    public async Task Content_waits_for_100_only_so_long()
    {
        using ClientRig rig = new(new() { ContinueMilliseconds = 500 });
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new() { Method = "PUT", Content = "content"u8.ToArray(), ExpectsContinue = true });
        long head = rig.Channel.SentTotal;
        rig.Time.Advance(400);
        Assert.Equal(head, rig.Channel.SentTotal);
        rig.Time.Advance(200);
        await rig.Channel.WhenSent(head + 7).WaitAsync(Patience);
        rig.Channel.Arrive(Ok);
        Assert.Equal(200, (await asking.WaitAsync(Patience)).Status);
    }

    /// <summary>RFC 9110 §10.1.1: whether the server still expects the content nobody can know, so nothing follows.</summary>
    [Theory]
    [InlineData("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n", 417)]
    [InlineData("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n", 413)]
    [InlineData(Ok, 200)]
    public async Task Content_that_was_answered_before_it_was_asked_for_is_not_sent(string answer, int status)
    {
        using ClientRig rig = new();
        HttpClientResponse response = await rig.AnswerAsync(answer, new() { Method = "PUT", Content = "content"u8.ToArray(), ExpectsContinue = true });
        Assert.Equal(status, response.Status);
        Assert.DoesNotContain("content", rig.Sent.Split("\r\n\r\n")[1]);
        Assert.False(rig.Client.CanSend);
    }

    [Theory]
    [InlineData("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbig", false)]
    public async Task An_answer_that_wants_no_more_stops_the_sending_and_is_read(string answer, bool stops)
    {
        using ClientRig rig = new();
        TaskCompletionSource next = new();
        TaskCompletionSource<bool> wanted = new();
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new() { Method = "POST", ContentSource = WriteAsync });
        rig.Channel.Arrive(answer);
        HttpClientResponse response = await asking.WaitAsync(Patience);
        next.SetResult();
        Assert.Equal(!stops, await wanted.Task.WaitAsync(Patience));
        Assert.Equal("big", await ClientRig.ContentOf(response));
        Assert.Equal(!stops, rig.Client.CanSend);

        async Task WriteAsync(ContentSender to)
        {
            Assert.True(await to.WriteAsync("first"u8.ToArray()));
            await next.Task;
            wanted.SetResult(await to.WriteAsync("second"u8.ToArray()));
        }
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_exchange()
    {
        using ClientRig rig = new();
        HttpClientException failure = await Assert.ThrowsAsync<HttpClientException>(() =>
            rig.Client.SendAsync(new() { Method = "POST", ContentSource = async to => { await to.WriteAsync("a"u8.ToArray()); throw new FormatException("mine"); } }));
        Assert.Equal((HttpClientEnding.ContentFailed, "mine"), (failure.Ending, failure.InnerException!.Message));
        Assert.DoesNotContain("0\r\n\r\n", rig.Sent); // never a part as the whole
    }

    // Ends

    [Fact]
    public async Task A_server_that_left_meanwhile_is_noticed_before_anything_is_sent()
    {
        using ClientRig rig = new();
        await rig.AnswerAsync(Ok);
        rig.Channel.TakeSent();
        rig.Channel.ArriveEnd();
        HttpClientException failure = await Assert.ThrowsAsync<HttpClientException>(() => rig.Client.SendAsync(new()));
        Assert.Equal((HttpClientEnding.PeerClosed, true, true, ""), (failure.Ending, failure.IsUnsent, failure.IsUnanswered, rig.Sent));
    }

    [Theory]
    [InlineData(false, "", HttpClientEnding.PeerClosed, HttpFault.None, true)]
    [InlineData(true, "", HttpClientEnding.Broken, HttpFault.None, true)]
    [InlineData(false, "HTTP/1.1 2", HttpClientEnding.BadAnswer, HttpFault.AnswerIncomplete, false)]
    [InlineData(true, "HTTP/1.1 2", HttpClientEnding.Broken, HttpFault.None, false)]
    public async Task A_server_that_leaves_instead_of_answering_says_how_far_it_came(bool resets, string some, HttpClientEnding ending, HttpFault fault, bool isUnanswered)
    {
        using ClientRig rig = new();
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new());
        rig.Channel.Arrive(some);
        if (resets) rig.Channel.Break(new SocketException((int)SocketError.ConnectionReset));
        else rig.Channel.ArriveEnd();
        HttpClientException failure = await Assert.ThrowsAsync<HttpClientException>(() => asking);
        Assert.Equal((ending, fault, false, isUnanswered), (failure.Ending, failure.Fault, failure.IsUnsent, failure.IsUnanswered));
    }

    [Fact]
    public async Task A_request_can_be_cancelled_and_takes_its_connection_along()
    {
        using ClientRig rig = new();
        using CancellationTokenSource cancel = new();
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new(), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.False(rig.Client.CanSend);
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Client.SendAsync(new()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_abort_or_a_disposal_ends_what_is_under_way(bool aborts)
    {
        using ClientRig rig = new();
        Task<HttpClientResponse> asking = rig.Client.SendAsync(new());
        if (aborts) rig.Client.Abort();
        else rig.Client.Dispose();
        Assert.Equal("Aborted", await ClientRig.OutcomeOf(asking));
    }

    [Fact]
    public async Task A_closed_connection_gives_all_its_memory_back()
    {
        long before = SharedBytes.Outstanding;
        using ClientRig rig = new();
        await rig.AnswerAsync(Ok, new() { Method = "POST", ContentSource = async to => await to.WriteAsync(new byte[10_000]) });
        rig.Client.Dispose();
        Assert.True(rig.Channel.IsAborted);
        Assert.InRange(SharedBytes.Outstanding, 0, before + 100); // other tests run beside this one
    }

    // Connecting

    [Fact]
    public async Task Nobody_there_is_told_with_what_can_be_done()
    {
        using Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        HttpOrigin origin = HttpOrigin.Of(new($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}/"));
        HttpClientException failure = await Assert.ThrowsAsync<HttpClientException>(() => HttpClientConnection.ConnectAsync(origin));
        Assert.Equal((HttpClientEnding.ConnectFailed, true), (failure.Ending, failure.IsUnsent));
        Assert.IsAssignableFrom<SocketException>(failure.InnerException);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_told()
    {
        using TlsServer server = new("localhost");
        using CancellationTokenSource late = new(Patience);
        Task accepting = server.AcceptAsync(late.Token);
        HttpOrigin origin = HttpOrigin.Of(new($"https://localhost:{server.EndPoint.Port}/"));
        Assert.Equal("TlsFailed", await ClientRig.OutcomeOf(HttpClientConnection.ConnectAsync(origin)));
        await Record.ExceptionAsync(() => accepting);
    }

    [Fact]
    public async Task A_handshake_that_nobody_answers_has_its_time_and_can_be_cancelled()
    {
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        HttpOrigin origin = HttpOrigin.Of(new($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}/"));
        ManualTime time = new();
        using Heartbeat heartbeat = new(time);
        HttpClientOptions options = new() { Heartbeat = heartbeat, ConnectMilliseconds = 5_000 };
        Task<HttpClientConnection> connecting = HttpClientConnection.ConnectAsync(origin, options);
        using Socket accepted = await silent.AcceptAsync();
        time.Advance(5_000);
        Assert.Equal("ConnectTimedOut", await ClientRig.OutcomeOf(connecting));

        using CancellationTokenSource cancel = new();
        connecting = HttpClientConnection.ConnectAsync(origin, options, cancel.Token);
        using Socket again = await silent.AcceptAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }
}
