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
        static readonly HttpServerOptions Options = new() { Limits = new() { MaxBodyBytes = 1000 }, IdleMilliseconds = 8_000 };

        readonly Heartbeat heartbeat;

        public Rig()
        {
            SynchronizationContext.SetSynchronizationContext(null); // so that a read goes on inside Arrive
            heartbeat = new Heartbeat(Time);
            Connection = new Connection(Channel, heartbeat, Options.MaxUnreadBytes, Options.Sending);
            Body = new RequestBody(new HttpConnection(Connection, new HttpService(Options, null!, heartbeat, new())));
        }

        public ManualTime Time { get; } = new();

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
            Body.Begin(Head, Options);
            Connection.Inbox.Append(Bytes.Of(unread));
        }

        public Task<BodyPart> ReadPartAsync() => Body.ReadPartAsync().AsTask();

        /// <summary>All pieces, joined, or the fault.</summary>
        public async Task<string> ReadPartsAsync()
        {
            string all = "";
            while (true)
            {
                BodyPart part = await ReadPartAsync().ConfigureAwait(false);
                if (part.Fault != HttpFault.None) return $"{part.Fault}";
                if (part.IsEnd) return $"{all}|{string.Join(',', Enumerable.Range(0, Body.Trailers.Count).Select(TrailerAt))}";
                all += Bytes.Text(part.Data.Span);
            }
        }

        string TrailerAt(int index) => $"{Bytes.Text(Body.Trailers.NameAt(index))}={Bytes.Text(Body.Trailers.ValueAt(index))}";

        public Task<HttpFault> ReadAllAsync(int maxBytes = 100) => Body.ReadAllAsync(maxBytes).AsTask();

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

    public static TheoryData<string, string, string, string> Parts => new()
    {
        // RFC                            framing   content                                               content|trailers, or the fault
        { "9112 §6.2",                    Length11, "hello world",                                        "hello world|" },
        { "9112 §7.1",                    Chunked,  "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",         "hello world|" },
        { "9112 §7.1 no content",         Chunked,  "0\r\n\r\n",                                          "|" },
        { "9112 §7.1.2",                  Chunked,  "1\r\nx\r\n0\r\nDigest: d\r\nX: t \r\n\r\n",            "x|Digest=d,X=t" },
        { "9110 §6.5.1",                  Chunked,  "1\r\nx\r\n0\r\nX: t\r\nHost: b\r\n\r\n",               "ForbiddenTrailer" },
        { "9112 §7.1 behind a chunk",     Chunked,  "5\r\nhelloX",                                        "BadChunkEnd" },
        { "9110 §15.5.14 in chunks",      Chunked,  "3e9\r\n",                                            "BodyTooLarge" },
        { "9110 §15.5.14 declared",       "Content-Length: 1001\r\n", "",                               "BodyTooLarge" },
    };

    [Theory, MemberData(nameof(Parts))]
    public void Content_is_read_piece_by_piece_at_every_cut(string clause, string fields, string content, string outcome)
    {
        Assert.Equal((clause, outcome), (clause, AllSplits.Outcome(Bytes.Of(content), () =>
        {
            Rig fresh = new();
            fresh.Begin(fields);
            Task<string> reading = fresh.ReadPartsAsync();
            int Turn(ReadOnlySpan<byte> unread, bool isEnd)
            {
                fresh.Channel.Arrive(unread);
                return unread.Length;
            }
            string Outcome()
            {
                Assert.True(reading.IsCompletedSuccessfully);
                fresh.Dispose();
                return reading.Result;
            }
            return (Turn, Outcome);
        })));
    }

    [Fact]
    public async Task A_piece_lies_in_the_inbox_until_the_next_is_asked_for()
    {
        rig.Begin(Length11, "hello");
        BodyPart first = await rig.ReadPartAsync();
        Assert.Equal("hello", Bytes.Text(first.Data.Span));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(first.Data, out ArraySegment<byte> at));
        Assert.Equal("hello", rig.Unread);
        rig.Connection.Inbox.Unread[0] = (byte)'j'; // no copy: what is there is what was given
        Assert.Equal((byte)'j', at[0]);
        Task<BodyPart> next = rig.ReadPartAsync();
        Assert.Equal("", rig.Unread);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task Nothing_is_received_before_it_is_asked_for()
    {
        rig.Begin(Length11, "hello");
        await rig.ReadPartAsync();
        rig.Channel.Arrive(" world");
        Assert.Equal("hello", rig.Unread);
        Assert.Equal(" world", Bytes.Text((await rig.ReadPartAsync()).Data.Span));
        Assert.Equal(new BodyPart(HttpFault.None, default, IsEnd: true), await rig.ReadPartAsync());
        Assert.Equal(new BodyPart(HttpFault.None, default, IsEnd: true), await rig.ReadPartAsync());
    }

    [Fact]
    public async Task After_a_fault_every_read_says_the_same()
    {
        rig.Begin(Chunked, "1\r\nxy");
        Assert.Equal("x", Bytes.Text((await rig.ReadPartAsync()).Data.Span));
        for (int i = 0; i < 3; i++) Assert.Equal(HttpFault.BadChunkEnd, (await rig.ReadPartAsync()).Fault);
        Assert.False(rig.Body.CanDiscard(1000));
    }

    [Fact]
    public async Task The_rest_can_be_read_whole_and_what_was_given_is_not_given_again()
    {
        rig.Begin(Length11, "hello");
        await rig.ReadPartAsync();
        Task<HttpFault> rest = rig.ReadAllAsync();
        rig.Channel.Arrive(" worldGET /");
        Assert.Equal(HttpFault.None, await rest);
        Assert.Equal(" world", rig.Whole);
        Assert.Equal("GET /", rig.Unread);
    }

    [Fact]
    public async Task A_piece_that_was_given_is_not_read_away_twice()
    {
        rig.Begin(Length11, "hello worldGET /");
        Assert.Equal("hello world", Bytes.Text((await rig.ReadPartAsync()).Data.Span));
        Assert.True(await rig.Body.DiscardAsync(0));
        Assert.Equal("GET /", rig.Unread);
    }

    [Fact]
    public async Task Trailers_are_gone_with_their_request()
    {
        rig.Begin(Chunked, "0\r\nA: b\r\n\r\n");
        Assert.Equal("|A=b", await rig.ReadPartsAsync());
        Assert.False(rig.Head.Fields.Contains("a"u8)); // RFC 9110 §6.5.1: never merged
        rig.Begin(Chunked, "0\r\n\r\n");
        Assert.Equal(0, rig.Body.Trailers.Count);
        Assert.Equal("|", await rig.ReadPartsAsync());
    }

    [Fact]
    public async Task What_a_peer_declares_is_not_rented_before_it_comes()
    {
        rig.Begin("Content-Length: 1000\r\n", "hello");
        Task<HttpFault> reading = rig.ReadAllAsync(1000);
        rig.Channel.Arrive(new string('x', 995));
        Assert.Equal(HttpFault.None, await reading);
        Assert.Equal("hello" + new string('x', 995), rig.Whole);
    }

    /// <summary>240 bytes a second and 5 seconds on top; only the time counts in which the peer is waited for.</summary>
    [Fact]
    public async Task The_time_in_which_nobody_reads_does_not_count_against_the_peer()
    {
        rig.Begin("Content-Length: 1000\r\n");
        for (int i = 0; i < 4; i++)
        {
            Task<BodyPart> reading = rig.ReadPartAsync();
            rig.Time.Advance(1_000);
            rig.Channel.Arrive("x");
            await reading;
            rig.Time.Advance(60_000); // the handler is busy
        }
        Task<BodyPart> late = rig.ReadPartAsync();
        rig.Time.Advance(900);
        Assert.False(late.IsCompleted);
        rig.Time.Advance(300); // 5.2 s of waiting in all, and 4 bytes
        Assert.True(rig.Channel.HasEndedSending);
        Assert.StartsWith("HTTP/1.1 408 ", rig.Sent);
        rig.Channel.ArriveEnd();
        Assert.Equal(HttpFault.BodyTooSlow, (await late).Fault);
    }

    [Fact]
    public async Task Haste_does_not_excuse_a_silence_longer_than_a_connection_may_idle()
    {
        rig.Begin("Content-Length: 1000\r\n", new string('x', 999));
        await rig.ReadPartAsync();
        Task<BodyPart> late = rig.ReadPartAsync();
        rig.Time.Advance(7_900); // 999 bytes are good for 4.1 s, and 5 s on top
        Assert.Empty(rig.Sent);
        rig.Time.Advance(200);
        Assert.StartsWith("HTTP/1.1 408 ", rig.Sent);
        rig.Channel.ArriveEnd();
        Assert.Equal(HttpFault.BodyTooSlow, (await late).Fault);
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
        Assert.True(rig.Body.CanDiscard(0));
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
        Assert.True(rig.Body.CanDiscard(11));
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
        Assert.False(rig.Body.CanDiscard(100));
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
        Assert.Equal(can, rig.Body.CanDiscard(maxBytes));
    }

    [Theory]
    [InlineData("5;=\r\n")]     // BadChunkExtension
    [InlineData("65\r\nhello")] // BodyTooLarge
    public async Task After_a_fault_nothing_is_read_away(string content)
    {
        rig.Begin(Chunked, content);
        Assert.NotEqual(HttpFault.None, await rig.ReadAllAsync(4));
        Assert.False(rig.Body.CanDiscard(1000));
        rig.Begin(Length11);
        Assert.True(rig.Body.CanDiscard(1000));
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
