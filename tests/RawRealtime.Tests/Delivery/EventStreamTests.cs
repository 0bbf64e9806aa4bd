using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, Server-Sent Events: what a stream carries and how it ends.</summary>
public sealed class EventStreamTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    static RigPeer Stream(ServerRig rig, string query)
    {
        RigPeer peer = rig.Connect().Get("/events?" + query);
        peer.TakeHead();
        peer.Events();
        return peer;
    }

    [Fact]
    public void Data_of_one_channel_comes_as_it_is()
    {
        RigPeer peer = Stream(rig, "channel=a");
        rig.Publish("channel=a&event=greet", "one\ntwo\r\nthree\rfour");
        Assert.Equal("id: epoch001-1\nevent: greet\ndata: one\ndata: two\ndata: three\ndata: four\n\n", peer.Events());
    }

    [Theory]
    [InlineData("channel=a&format=json", "epoch001-1")]
    [InlineData("channel=a&channel=b", "epoch001-1.epoch002-0")]
    public void With_several_channels_or_format_json_the_data_is_the_messages_json(string query, string cursor)
    {
        RigPeer peer = Stream(rig, query);
        rig.Publish("channel=a&event=greet", "hi");
        Assert.Equal($$"""id: {{cursor}}""" + "\nevent: greet\n" + $$"""data: {"channel":"a","id":"epoch001-1","event":"greet","data":"hi","time":"{{ServerRig.Time0}}"}""" + "\n\n", peer.Events());
    }

    [Fact]
    public void Each_channels_messages_carry_the_cursor_of_all()
    {
        RigPeer peer = Stream(rig, "channel=a&channel=b");
        rig.Publish("channel=b", "1");
        rig.Publish("channel=a", "2");
        string[] ids = [.. peer.Events().Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal))];
        Assert.Equal(["id: epoch001-0.epoch002-1", "id: epoch001-1.epoch002-1"], ids);
    }

    [Fact]
    public void Every_15_seconds_a_comment_keeps_it_alive()
    {
        RigPeer peer = Stream(rig, "channel=a");
        rig.Time.Advance(14_900);
        Assert.Equal("", peer.Events());
        rig.Time.Advance(100);
        Assert.Equal(":\n\n", peer.Events());
        rig.Time.Advance(30_000);
        Assert.Equal(":\n\n:\n\n", peer.Events());
    }

    [Fact]
    public void It_ends_when_its_last_channel_is_deleted()
    {
        RigPeer one = Stream(rig, "channel=a"), two = Stream(rig, "channel=a&channel=b");
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        Assert.Equal("<end>", one.Events());
        Assert.Equal("", two.Events());
        rig.Publish("channel=b", "still here");
        Assert.Contains("still here", two.Events());
        rig.Answer(ServerRig.Request("DELETE", "/channels/b"));
        Assert.Equal("<end>", two.Events());
    }

    [Fact]
    public void A_drain_sends_a_fresh_retry_and_ends_it()
    {
        RigPeer[] peers = [.. Enumerable.Range(0, 20).Select(_ => Stream(rig, "channel=a"))];
        _ = rig.Server.DrainAsync();
        string[] ends = [.. peers.Select(peer => peer.Events())];
        Assert.All(ends, end => Assert.Matches("^retry: [2-9][0-9]{3}\n\n<end>$", end));
        Assert.True(ends.Distinct().Count() > 1, "all come back at the same moment");
    }

    [Fact]
    public void One_that_is_too_slow_ends_after_what_it_was_sent_and_is_told_of_the_gap_when_it_returns()
    {
        using ServerRig small = new(new() { HistoryMessages = 2 });
        RigPeer slow = Stream(small, "channel=a");
        slow.Channel.SendsStall = true;
        string large = new('m', 600_000);
        for (int i = 0; i < 6; i++) small.Publish("channel=a", large);
        slow.Channel.SendsStall = false;

        string events = slow.Events();
        Assert.Equal(1, events.Split("id: epoch001-").Length - 1);
        Assert.StartsWith("id: epoch001-1\n", events);
        Assert.EndsWith("m\n\n<end>", events);
        Assert.StartsWith("HTTP/1.1 202 ", small.Publish("channel=a", "end"));
        RigPeer back = small.Connect().Get("/events?channel=a", "Last-Event-ID: epoch001-1\r\n");
        back.TakeHead();
        Assert.Contains("\"recovered\":false,\"reason\":\"evicted\"", back.Events());
    }

    [Fact]
    public void One_that_pauses_within_the_history_misses_nothing()
    {
        RigPeer slow = Stream(rig, "channel=a");
        slow.Channel.SendsStall = true;
        string large = new('m', 600_000);
        for (int i = 0; i < 4; i++) rig.Publish("channel=a", large);
        slow.Channel.SendsStall = false;
        Assert.Equal(4, slow.Events().Split("id: epoch001-").Length - 1);
    }

    [Fact]
    public async Task A_client_that_left_is_counted_no_more()
    {
        RigPeer peer = Stream(rig, "channel=a");
        Assert.Contains("\"events\":1,", rig.Get("/channels/a"));
        await peer.Ended();
        Assert.Contains("\"events\":0,", rig.Get("/channels/a"));
    }

    [Fact]
    public void One_whose_time_is_over_ends_after_a_retry_and_its_client_comes_back_with_its_id_and_misses_nothing()
    {
        using ServerRig aging = new(new() { EventStreams = new() { MaxAge = TimeSpan.FromSeconds(40) } });
        RigPeer peer = Stream(aging, "channel=a");
        aging.Publish("channel=a", "before");
        Assert.Equal("id: epoch001-1\ndata: before\n\n", peer.Events());
        aging.Time.Advance(31_000);
        Assert.Equal(":\n\n:\n\n", peer.Events());
        aging.Time.Advance(9_100);
        Assert.Equal("retry: 100\n\n<end>", peer.Events());
        Assert.Contains("\"events\":0,", aging.Get("/channels/a"));
        aging.Publish("channel=a", "meanwhile");
        RigPeer back = aging.Connect().Get("/events?channel=a", "Last-Event-ID: epoch001-1\r\n");
        back.TakeHead();
        Assert.EndsWith("\"recovered\":true}\n\nid: epoch001-2\ndata: meanwhile\n\n", back.Events());
    }

    [Fact]
    public async Task The_connection_goes_on_after_a_stream_that_ended_in_order()
    {
        using ServerRig aging = new(new() { EventStreams = new() { MaxAge = TimeSpan.FromSeconds(10) } });
        RigPeer peer = Stream(aging, "channel=a");
        aging.Time.Advance(10_100);
        Assert.EndsWith("<end>", peer.Events());
        peer.Get("/events?channel=a", "Last-Event-ID: epoch001-0\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await peer.Until("\"recovered\":true}\n\n\r\n"));
    }

    [Fact] // docs/tokens.md: exp, and 5 s for clocks that differ
    public void It_ends_when_its_token_expires_and_is_kept_alive_until_then()
    {
        using ServerRig asking = new(Tokens.AskedFor);
        RigPeer peer = Stream(asking, $"channel=a&token={Tokens.Until(20)}");
        asking.Time.Advance(24_800);
        Assert.Equal(":\n\n", peer.Events());
        asking.Time.Advance(300);
        Assert.Equal(": token-expired\n\n<end>", peer.Events());
        Assert.Contains("\"events\":0,", asking.Get("/channels/a", Tokens.Bearer(Tokens.Until(100))));
        Assert.Equal("401 token-expired", ServerRig.Outcome(asking.Get($"/events?channel=a&token={Tokens.Until(20)}"))); // so an EventSource stays away
    }
}
