namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, held long poll: what is asked for, and the answers that are given at once.</summary>
public sealed class PollRouteTests : IDisposable
{
    const string One = "{\"channel\":\"a\",\"id\":\"epoch001-1\",\"event\":\"greet\",\"data\":\"one\",\"time\":\"" + ServerRig.Time0 + "\"}";
    const string Two = "{\"channel\":\"a\",\"id\":\"epoch001-2\",\"data\":\"two\",\"time\":\"" + ServerRig.Time0 + "\"}";

    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    static string Messages(string from, string cursor, params string[] messages) => ServerRig.Json("200 OK",
        $$"""{"from":"{{from}}","recovered":true,"messages":[{{string.Join(",", messages)}}],"cursor":"{{cursor}}"}""", $"ETag: \"{cursor}\"\r\n");

    void PublishTwo()
    {
        rig.Publish("channel=a&event=greet", "one");
        rig.Publish("channel=a", "two");
    }

    [Theory]
    [InlineData("channel=a&cursor=earliest", "")]
    [InlineData("channel=a&cursor=epoch001-0", "")]
    [InlineData("channel=a", "If-None-Match: \"epoch001-0\"\r\n")]
    [InlineData("channel=a", "If-None-Match: W/\"epoch001-0\"\r\n")]
    [InlineData("channel=a&cursor=epoch001-0", "If-None-Match: \"epoch001-2\"\r\n")]
    [InlineData("channel=a&cursor=epoch001-2", "Last-Event-ID: epoch001-0\r\n")]
    public void Messages_that_are_there_are_answered_at_once(string query, string fields)
    {
        PublishTwo();
        Assert.Equal(Messages("epoch001-0", "epoch001-2", One, Two), rig.Get("/poll?" + query, fields));
    }

    [Fact]
    public void The_cursor_carried_on_loses_nothing_and_repeats_nothing()
    {
        PublishTwo();
        Assert.Equal(Messages("epoch001-0", "epoch001-1", One), rig.Get("/poll?channel=a&cursor=earliest&limit=1"));
        Assert.Equal(Messages("epoch001-1", "epoch001-2", Two), rig.Get("/poll?channel=a&cursor=epoch001-1&limit=1"));
        Assert.StartsWith("HTTP/1.1 204 ", rig.Get("/poll?channel=a&cursor=epoch001-2&wait=0"));
    }

    [Fact]
    public void A_hundred_messages_go_into_one_answer_unless_told_otherwise()
    {
        for (int i = 0; i < 150; i++) rig.Publish("channel=a", "m");
        Assert.Contains("],\"cursor\":\"epoch001-100\"}", rig.Get("/poll?channel=a&cursor=earliest"));
        Assert.Contains("],\"cursor\":\"epoch001-120\"}", rig.Get("/poll?channel=a&cursor=earliest&limit=120"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("channel=a", "")]
    [InlineData("", "Prefer: wait=0\r\n")]
    public void With_wait_0_nothing_new_is_204_at_once(string query, string prefer) => Assert.Equal(
        $"HTTP/1.1 204 No Content\r\n{ServerRig.Date}Cache-Control: no-store\r\nETag: \"epoch001-0\"\r\n\r\n",
        rig.Get($"/poll?{query}{(prefer.Length == 0 ? "&wait=0" : "")}", prefer));

    [Fact]
    public void With_If_None_Match_nothing_new_is_304()
    {
        PublishTwo();
        Assert.Equal($"HTTP/1.1 304 Not Modified\r\n{ServerRig.Date}Cache-Control: no-store\r\nETag: \"epoch001-2\"\r\n\r\n",
            rig.Get("/poll?channel=a&wait=0", "If-None-Match: \"epoch001-2\"\r\n"));
    }

    public static TheoryData<string, string, string> Unrecovered => new()
    {
        // reason           cursor           messages kept
        { "evicted",       "epoch001-0",    "epoch001-2 epoch001-3" },
        { "epoch-changed", "zzzzzzzz-1",    "epoch001-2 epoch001-3" },
        { "unknown",       "epoch001-4",    "epoch001-2 epoch001-3" },
        { "unknown",       "nonsense",      "epoch001-2 epoch001-3" },
        { "unknown",       "",              "epoch001-2 epoch001-3" },
        { "unknown",       "epoch001-1.epoch001-1", "epoch001-2 epoch001-3" },
    };

    [Theory]
    [MemberData(nameof(Unrecovered))]
    public void What_was_lost_is_told_at_once_and_delivery_goes_on_with_the_oldest_kept(string reason, string cursor, string ids)
    {
        using ServerRig small = new(new() { HistoryMessages = 2 });
        for (int i = 0; i < 3; i++) small.Publish("channel=a", "m");
        string answer = small.Get($"/poll?channel=a&cursor={cursor}");
        Assert.Contains($"\r\n\r\n{{\"from\":\"epoch001-1\",\"recovered\":false,\"reason\":\"{reason}\",\"messages\":[", answer);
        foreach (string id in ids.Split(' ')) Assert.Contains($"\"id\":\"{id}\"", answer);
    }

    [Fact]
    public void Of_several_channels_the_answer_names_the_lost_one_even_without_a_message()
    {
        rig.Publish("channel=a", "one");
        string answer = rig.Get("/poll?channel=a&channel=b&cursor=epoch001-1.zzzzzzzz-9");
        Assert.Equal(ServerRig.Json("200 OK",
            """{"from":"epoch001-1.epoch002-0","recovered":false,"reason":"epoch-changed","lost":[{"channel":"b","reason":"epoch-changed"}],"messages":[],"cursor":"epoch001-1.epoch002-0"}""",
            "ETag: \"epoch001-1.epoch002-0\"\r\n"), answer);
    }

    public static TheoryData<string, string, string> Refused => new()
    {
        { "wait=x", "", "400 bad-wait" },
        { "wait=-1", "", "400 bad-wait" },
        { "wait=", "", "400 bad-wait" },
        { "wait=1&wait=2", "", "400 repeated-parameter" },
        { "limit=0", "", "400 bad-limit" },
        { "limit=1&limit=1", "", "400 repeated-parameter" },
        { "client=", "", "400 bad-client" },
        { "client=a%20b", "", "400 bad-client" },
        { "channel=", "", "400 bad-channel" },
        { "channel=a&channel=a", "", "400 repeated-channel" },
        { string.Join('&', Enumerable.Range(0, 65).Select(i => $"channel=c{i}")), "", "400 too-many-channels" },
        { "cursor=a&cursor=b", "", "400 repeated-cursor" },
        { "cursor=%FF", "", "400 bad-query" },
        { "", "If-None-Match: epoch001-1\r\n", "400 bad-entity-tag" },
        { "", "If-None-Match: *\r\n", "400 bad-entity-tag" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_breaks_a_rule_is_refused_by_its_name(string query, string fields, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/poll?" + query, fields)));

    [Fact]
    public void Data_comes_straight_back() => Assert.Equal(
        ServerRig.Answered("200 OK", "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n", "text/plain; charset=utf-8", "a b<ü>"),
        rig.Get("/poll?data=a+b%3C%C3%BC%3E"));

    [Fact]
    public void HEAD_has_the_fields_of_GET_and_never_holds()
    {
        Assert.Equal($"HTTP/1.1 204 No Content\r\n{ServerRig.Date}Cache-Control: no-store\r\nETag: \"epoch001-0\"\r\n\r\n", rig.Answer(ServerRig.Request("HEAD", "/poll?channel=a")));
        PublishTwo();
        string get = rig.Get("/poll?channel=a&cursor=earliest"), head = rig.Answer(ServerRig.Request("HEAD", "/poll?channel=a&cursor=earliest"));
        Assert.Equal(get[..(get.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)], head);
    }

    [Fact]
    public void A_newer_poll_of_the_same_client_ends_the_older_one_only()
    {
        RigPeer older = rig.Connect().Get("/poll?channel=a&client=x"), other = rig.Connect().Get("/poll?channel=a&client=y");
        RigPeer newer = rig.Connect().Get("/poll?channel=a&client=x");

        string taken = older.Take();
        Assert.Equal("409 taken-over", ServerRig.Outcome(taken));
        Assert.Contains("\r\nCache-Control: no-store\r\n", taken);
        Assert.Equal("", other.Take() + newer.Take());
        rig.Publish("channel=a", "m");
        Assert.StartsWith("HTTP/1.1 200 ", newer.Take());
        Assert.StartsWith("HTTP/1.1 200 ", other.Take());
    }

    [Fact]
    public void A_client_whose_poll_is_over_is_forgotten()
    {
        Assert.StartsWith("HTTP/1.1 204 ", rig.Get("/poll?channel=a&client=x&wait=0"));
        RigPeer next = rig.Connect().Get("/poll?channel=a&client=x");
        Assert.Equal("", next.Take());
    }
}
