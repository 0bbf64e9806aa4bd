using RawHttp.Wire;
using RawNet;
using Testing;

namespace RawHttp.Tests;

public sealed class RequestBodyTests : IDisposable
{
    const string Length11 = "Content-Length: 11\r\n", Chunked = "Transfer-Encoding: chunked\r\n", Expect = "Expect: 100-continue\r\n";

    readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    /// <summary>The content of one request, on a connection whose loop is the test.</summary>
    sealed class Rig : IDisposable
    {
        readonly Heartbeat heartbeat = new(new ManualTime());

        public Rig()
        {
            SynchronizationContext.SetSynchronizationContext(null); // so that a read goes on inside Arrive
            HttpServerOptions options = new();
            Connection = new Connection(Channel, heartbeat, options.MaxUnreadBytes, options.Sending);
            Body = new RequestBody(new HttpConnection(Connection, new HttpService(options, null!, heartbeat, new())));
        }

        public ScriptedChannel Channel { get; } = new();

        public Connection Connection { get; }

        public RequestHead Head { get; } = new();

        public RequestBody Body { get; }

        public string Whole => Bytes.Text(Body.Whole.Span);

        public string Unread => Bytes.Text(Connection.Inbox.Unread);

        public string Sent
        {
            get
            {
                Connection.Outbox.Flush();
                return Bytes.Text(Channel.TakeSent());
            }
        }

        public void Begin(string fields, string unread = "")
        {
            ReadResult head = new RequestHeadReader(HttpLimits.Default).Read(Bytes.Of($"POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n"), Head);
            Assert.Equal(ReadStatus.Done, head.Status);
            Body.Begin(Head, HttpLimits.Default);
            Connection.Inbox.Append(Bytes.Of(unread));
        }

        public Task<HttpFault> ReadAllAsync(int maxBytes = 100) => Body.ReadAllAsync(maxBytes, Head.Framing.Length).AsTask();

        public void Dispose()
        {
            Body.Release();
            Connection.Dispose();
            heartbeat.Dispose();
        }
    }

    [Theory]
    [InlineData(Length11, "hello world", "None hello world")]
    [InlineData(Chunked, "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX: t\r\n\r\n", "None hello world")]
    [InlineData(Chunked, "0\r\n\r\n", "None ")]
    [InlineData(Chunked, "5\r\nhelloX", "BadChunkEnd ")]
    public void Content_is_read_whole_at_every_cut(string fields, string content, string outcome)
    {
        Assert.Equal(outcome, AllSplits.Outcome(Bytes.Of(content), () =>
        {
            Rig fresh = new();
            fresh.Begin(fields);
            Task<HttpFault> reading = fresh.ReadAllAsync();
            int Turn(ReadOnlySpan<byte> unread, bool isEnd)
            {
                fresh.Channel.Arrive(unread);
                return unread.Length;
            }
            string Outcome()
            {
                Assert.True(reading.IsCompletedSuccessfully);
                string seen = $"{reading.Result} {(reading.Result == HttpFault.None ? fresh.Whole : "")}";
                fresh.Dispose();
                return seen;
            }
            return (Turn, Outcome);
        }));
    }

    [Fact]
    public async Task What_follows_the_content_stays_unread()
    {
        rig.Begin(Length11, "hello worldGET /");
        Assert.Equal(HttpFault.None, await rig.ReadAllAsync());
        Assert.Equal("hello world", rig.Whole);
        Assert.True(rig.Body.IsComplete);
        Assert.Equal("GET /", rig.Unread);
    }

    [Fact]
    public void A_request_without_content_is_complete_from_the_start()
    {
        rig.Begin("", "GET /");
        Assert.True(rig.Body.IsComplete);
        Assert.True(rig.Body.CanDiscard(rig.Head, 0));
        Assert.True(rig.Body.Whole.IsEmpty);
    }

    [Fact]
    public async Task The_content_is_gone_when_released_and_when_the_next_request_begins()
    {
        rig.Begin(Length11, "hello world");
        await rig.ReadAllAsync();
        rig.Body.Release();
        Assert.True(rig.Body.Whole.IsEmpty);
        rig.Begin(Length11, "HELLO WORLD");
        await rig.ReadAllAsync();
        Assert.Equal("HELLO WORLD", rig.Whole);
        rig.Begin(Length11);
        Assert.True(rig.Body.Whole.IsEmpty);
        Assert.False(rig.Body.IsComplete);
    }

    [Theory]
    [InlineData(Length11, "hello world", 11, HttpFault.None)]
    [InlineData(Length11, "hello world", 10, HttpFault.BodyTooLarge)]
    [InlineData(Chunked, "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", 11, HttpFault.None)]
    [InlineData(Chunked, "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", 10, HttpFault.BodyTooLarge)]
    [InlineData(Chunked, "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", 4, HttpFault.BodyTooLarge)]
    public async Task As_much_as_is_allowed_is_read_and_no_byte_more(string fields, string content, int maxBytes, HttpFault expected)
    {
        rig.Begin(fields, content);
        Assert.Equal(expected, await rig.ReadAllAsync(maxBytes));
    }

    [Fact]
    public async Task Content_that_is_declared_too_large_is_not_touched_and_may_be_read_away()
    {
        rig.Begin(Length11, "hello worldGET /");
        Assert.Equal(HttpFault.BodyTooLarge, await rig.ReadAllAsync(10));
        Assert.Equal("hello worldGET /", rig.Unread);
        Assert.True(rig.Body.CanDiscard(rig.Head, 11));
        Assert.True(await rig.Body.DiscardAsync(11));
        Assert.Equal("GET /", rig.Unread);
    }

    [Fact]
    public async Task A_peer_that_leaves_within_its_content_has_broken_a_rule()
    {
        rig.Begin(Length11, "hello");
        Task<HttpFault> reading = rig.ReadAllAsync();
        Assert.False(reading.IsCompleted);
        rig.Channel.ArriveEnd();
        Assert.Equal(HttpFault.BodyIncomplete, await reading);
    }

    [Theory]
    [InlineData(Expect + Length11, "", "HTTP/1.1 100 Continue\r\n\r\n")] // RFC 9110 §10.1.1
    [InlineData(Expect + Length11, "h", "")]                             // content is here already
    [InlineData(Length11, "", "")]                                       // nobody asked
    public async Task A_client_that_waits_to_be_told_is_told_to_go_on(string fields, string unread, string sent)
    {
        rig.Begin(fields, unread);
        Task<HttpFault> reading = rig.ReadAllAsync();
        Assert.Equal(sent, rig.Sent);
        rig.Channel.Arrive("hello world"[unread.Length..]);
        Assert.Equal(HttpFault.None, await reading);
        Assert.Equal("", rig.Sent);
    }

    [Fact]
    public async Task A_client_whose_content_is_too_large_is_not_told_to_go_on()
    {
        rig.Begin(Expect + Length11);
        Assert.Equal(HttpFault.BodyTooLarge, await rig.ReadAllAsync(10));
        Assert.Equal("", rig.Sent);
        Assert.False(rig.Body.CanDiscard(rig.Head, 100));
    }

    [Theory]
    [InlineData(Length11, 11, true)]
    [InlineData(Length11, 10, false)]
    [InlineData(Chunked, 0, true)]            // its length is not known: DiscardAsync finds out
    [InlineData(Expect + Length11, 11, false)]
    [InlineData(Expect + Chunked, 100, false)]
    public void Content_can_be_read_away_when_it_is_small_and_sure_to_come(string fields, int maxBytes, bool can)
    {
        rig.Begin(fields);
        Assert.Equal(can, rig.Body.CanDiscard(rig.Head, maxBytes));
    }

    [Theory]
    [InlineData("5;=\r\n")]     // BadChunkExtension
    [InlineData("65\r\nhello")] // BodyTooLarge
    public async Task After_a_fault_nothing_is_read_away(string content)
    {
        rig.Begin(Chunked, content);
        Assert.NotEqual(HttpFault.None, await rig.ReadAllAsync(4));
        Assert.False(rig.Body.CanDiscard(rig.Head, 1000));
        rig.Begin(Length11);
        Assert.True(rig.Body.CanDiscard(rig.Head, 1000));
    }

    [Fact]
    public async Task Reading_away_waits_for_the_rest_and_keeps_nothing()
    {
        rig.Begin(Length11, "hello");
        Task<bool> discarding = rig.Body.DiscardAsync(100).AsTask();
        Assert.False(discarding.IsCompleted);
        rig.Channel.Arrive(" worldGET /");
        Assert.True(await discarding);
        Assert.Equal("GET /", rig.Unread);
        Assert.True(rig.Body.Whole.IsEmpty);
    }

    [Theory]
    [InlineData(Chunked, "20\r\nhello")]      // 9 bytes came, and more would follow
    [InlineData(Chunked, "5;=\r\n")]
    [InlineData(Length11, "hello wo")]
    public async Task Reading_away_gives_up_when_it_is_too_much_or_breaks_a_rule(string fields, string content)
    {
        rig.Begin(fields, content);
        Assert.False(await rig.Body.DiscardAsync(7).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Reading_away_ends_when_the_peer_does()
    {
        rig.Begin(Length11, "hello");
        rig.Channel.ArriveEnd();
        Assert.False(await rig.Body.DiscardAsync(100));
    }
}
