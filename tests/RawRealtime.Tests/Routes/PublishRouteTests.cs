using RawHub;

namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, Publishing.</summary>
public sealed class PublishRouteTests : IDisposable
{
    readonly ServerRig rig = new(new() { AllowedOrigins = ["https://friend.example"] });

    public void Dispose() => rig.Dispose();

    [Fact]
    public void What_is_only_kept_is_answered_with_202_and_its_id() => Assert.Equal(
        ServerRig.Json("202 Accepted", """{"id":"epoch001-1","channel":"a","subscribers":0}""").Replace("Cache", "Vary: Origin\r\nCache", StringComparison.Ordinal),
        rig.Publish("channel=a", "hi"));

    [Fact]
    public void What_a_subscriber_was_there_for_is_answered_with_201()
    {
        rig.Connect().Get("/events?channel=a");
        Assert.Equal("""{"id":"epoch001-1","channel":"a","subscribers":1}""", ServerRig.ContentOf(rig.Publish("channel=a", "hi")));
        Assert.StartsWith("HTTP/1.1 201 Created\r\n", rig.Publish("channel=a", "hi"));
    }

    [Fact]
    public void Without_a_channel_it_goes_to_default_and_may_be_empty()
    {
        Assert.StartsWith("HTTP/1.1 202 ", rig.Publish("", ""));
        Assert.Contains("\"channel\":\"default\",\"id\":\"epoch001-1\",\"data\":\"\"", rig.Kept("default"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("text/plain", true)]
    [InlineData("TEXT/html; charset=latin1", true)]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON;charset=utf-8", true)]
    [InlineData("application/x-www-form-urlencoded", true)]
    [InlineData("application/octet-stream", false)]
    [InlineData("application/json5", false)]
    [InlineData("image/png", false)]
    [InlineData("text", false)]
    public void The_content_type_says_whether_data_is_text(string type, bool isText)
    {
        rig.Publish("channel=a", "a=b&c", type.Length == 0 ? "" : $"Content-Type: {type}\r\n");
        Assert.Contains(isText ? "\"data\":\"a=b&c\",\"time\"" : "\"data\":\"YT1iJmM=\",\"encoding\":\"base64\",\"time\"", rig.Kept("a"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity, br")]
    public void Content_with_a_coding_is_not_undone_but_refused(string coding)
    {
        string answer = rig.Publish("channel=a", "hi", $"Content-Encoding: {coding}\r\n");
        Assert.Equal("415 unsupported-content-coding", ServerRig.Outcome(answer));
        Assert.Contains("\r\nAccept-Encoding: identity\r\n", answer);
    }

    [Fact]
    public void The_coding_that_changes_nothing_is_taken() => Assert.StartsWith("HTTP/1.1 202 ", rig.Publish("channel=a", "hi", "Content-Encoding: identity\r\n"));

    [Fact]
    public void An_empty_message_is_one_that_says_so() =>
        Assert.Equal("411 length-required", ServerRig.Outcome(rig.Connect().Send(ServerRig.Request("POST", "/publish?channel=a", "")).Take()));

    [Fact]
    public void Text_is_taken_verbatim()
    {
        rig.Publish("channel=a", " a\r\n\tü \0\n");
        Assert.Contains("\"data\":\" a\\r\\n\\tü \\u0000\\n\"", rig.Kept("a"));
    }

    [Theory]
    [InlineData("", "400 not-utf-8")]
    [InlineData("Content-Type: text/plain\r\n", "400 not-utf-8")]
    [InlineData("Content-Type: application/octet-stream\r\n", "202")]
    public void Text_that_is_not_UTF_8_is_refused_and_bytes_are_free(string fields, string expected)
    {
        RigPeer peer = rig.Connect().Send(ServerRig.Request("POST", "/publish?channel=a", fields + "Content-Length: 2\r\n"));
        peer.Channel.Arrive([0xC3, 0x28]);
        Assert.Equal(expected, ServerRig.Outcome(peer.Take()));
    }

    public static TheoryData<string, string> BadQueries => new()
    {
        { "channel=", "400 bad-channel" },
        { "channel=a%20b", "400 bad-channel" },
        { "channel=%C3%BC", "400 bad-channel" },
        { "channel=a/b", "400 bad-channel" },
        { "channel=" + new string('a', 129), "400 bad-channel" },
        { "event=", "400 bad-event" },
        { "event=position", "400 bad-event" },
        { "event=open", "400 bad-event" },
        { "event=error", "400 bad-event" },
        { "event=a%0Ab", "400 bad-event" },
        { "event=a%0Db", "400 bad-event" },
        { "event=a%00b", "400 bad-event" },
        { "event=" + new string('a', 129), "400 bad-event" },
        { "event=%FF", "400 bad-query" },
        { "channel=" + new string('a', 128), "202" },
        { "channel=A-Z.a_z:0~9", "202" },
        { "event=" + new string('a', 128), "202" },
        { "event=%C3%BC%20%2B", "202" },
        { "event=Position", "202" },
    };

    [Theory]
    [MemberData(nameof(BadQueries))]
    public void Names_follow_the_contract(string query, string expected) => Assert.Equal(expected, ServerRig.Outcome(rig.Publish(query, "hi")));

    [Fact]
    public void Data_may_be_one_mebibyte_and_no_byte_more()
    {
        Assert.StartsWith("HTTP/1.1 202 ", rig.Publish("channel=a", new('m', 1 << 20)));
        string refused = rig.Publish("channel=b", new('m', (1 << 20) + 1));
        Assert.Equal("413 body-too-large", ServerRig.Outcome(refused));
        Assert.Contains("\r\nConnection: close\r\n", refused);
        Assert.Equal("404 no-such-channel", ServerRig.Outcome(rig.Get("/channels/b")));
    }

    [Fact]
    public void Chunks_are_bounded_like_the_rest()
    {
        string chunk = "40000\r\n" + new string('m', 0x40000) + "\r\n";
        string request = ServerRig.Request("POST", "/publish?channel=a", "Transfer-Encoding: chunked\r\n") + chunk + chunk + chunk + chunk;
        Assert.Equal("202", ServerRig.Outcome(rig.Answer(request + "0\r\n\r\n")));
        Assert.Equal("413 body-too-large", ServerRig.Outcome(rig.Answer(request + "1\r\nm\r\n0\r\n\r\n")));
    }

    [Fact]
    public void A_repeated_key_gets_the_first_answer_and_publishes_nothing()
    {
        string first = rig.Publish("channel=a", "one", "Idempotency-Key: k\r\n");
        rig.Connect().Get("/events?channel=a");

        Assert.Equal(first, rig.Publish("channel=a", "another body", "Idempotency-Key: k\r\n"));
        Assert.StartsWith("HTTP/1.1 202 ", first);
        Assert.Contains("\"kept\":1,", rig.Get("/channels/a"));
    }

    [Fact]
    public void A_key_belongs_to_its_channel_and_is_forgotten_after_five_minutes()
    {
        rig.Publish("channel=a", "one", "Idempotency-Key: k\r\n");
        Assert.Contains("\"id\":\"epoch002-1\"", rig.Publish("channel=b", "one", "Idempotency-Key: k\r\n"));
        rig.Time.Advance(299_000);
        Assert.Contains("\"id\":\"epoch001-1\"", rig.Publish("channel=a", "one", "Idempotency-Key: k\r\n"));
        rig.Time.Advance(3_000);
        Assert.Contains("\"id\":\"epoch001-2\"", rig.Publish("channel=a", "one", "Idempotency-Key: k\r\n"));
    }

    public static TheoryData<string, string> Keys => new()
    {
        { "Idempotency-Key: \r\n", "400 bad-idempotency-key" },
        { "Idempotency-Key: a b\r\n", "400 bad-idempotency-key" },
        { "Idempotency-Key: ü\r\n", "400 bad-idempotency-key" },
        { "Idempotency-Key: a\r\nIdempotency-Key: b\r\n", "400 bad-idempotency-key" },
        { $"Idempotency-Key: {new string('k', 129)}\r\n", "400 bad-idempotency-key" },
        { $"Idempotency-Key: {new string('k', 128)}\r\n", "202" },
        { "Idempotency-Key: \"8e03978e\"\r\n", "202" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_1_to_128_visible_characters(string field, string expected) => Assert.Equal(expected, ServerRig.Outcome(rig.Publish("channel=a", "x", field)));

    [Fact]
    public async Task A_second_one_at_the_same_moment_waits_for_the_first()
    {
        Assert.True(ChannelName.TryParse("a", out ChannelName channel));
        IdempotencyKeys keys = rig.Server.Hub.Keys;
        Assert.Equal(KeyClaim.Publish, keys.Claim(channel, "k", () => { }, out _));

        RigPeer second = rig.Connect().Send(ServerRig.Request("POST", "/publish?channel=a", "Idempotency-Key: k\r\nContent-Length: 1\r\n") + "x");
        Assert.Equal("", second.Take());
        PublishResult first = rig.Server.Hub.Publish(new(channel, true, null), "x"u8);
        keys.Complete(channel, "k", new(first.Id, 7));

        Assert.StartsWith("HTTP/1.1 201 ", await second.Until("""{"id":"epoch001-1","channel":"a","subscribers":7}"""));
    }

    [Fact]
    public async Task When_the_first_one_gave_up_the_second_publishes()
    {
        Assert.True(ChannelName.TryParse("a", out ChannelName channel));
        rig.Server.Hub.Keys.Claim(channel, "k", () => { }, out _);
        RigPeer second = rig.Connect().Send(ServerRig.Request("POST", "/publish?channel=a", "Idempotency-Key: k\r\nContent-Length: 1\r\n") + "x");
        rig.Server.Hub.Keys.Abandon(channel, "k");

        Assert.StartsWith("HTTP/1.1 202 ", await second.Until("""{"id":"epoch001-1","channel":"a","subscribers":0}"""));
    }

    [Fact]
    public void When_no_more_keys_are_remembered_it_says_so()
    {
        for (int i = 0; i < 100_000; i++) rig.Server.Hub.Keys.Claim(default, $"{i}", () => { }, out _);
        Assert.Equal("503 too-many-keys", ServerRig.Outcome(rig.Publish("channel=a", "x", "Idempotency-Key: k\r\n")));
    }

    [Theory]
    [InlineData("http://localhost", "202")]
    [InlineData("https://friend.example", "202")]
    [InlineData("https://evil.example", "403 origin-refused")]
    [InlineData("http://friend.example", "403 origin-refused")]
    [InlineData("http://localhost:8080", "403 origin-refused")]
    [InlineData("null", "403 origin-refused")]
    public void A_page_of_a_foreign_origin_may_not_publish(string origin, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(rig.Publish("channel=a", "x", $"Origin: {origin}\r\n")));
}
