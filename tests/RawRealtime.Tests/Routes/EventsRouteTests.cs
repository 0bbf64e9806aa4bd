namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, Server-Sent Events: what is asked for and how the answer begins.</summary>
public sealed class EventsRouteTests : IDisposable
{
    const string Head = "HTTP/1.1 200 OK\r\n" + ServerRig.Date
        + "Content-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\nVary: Accept-Encoding\r\n\r\n";

    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void A_stream_begins_with_retry_and_its_position()
    {
        RigPeer peer = rig.Connect().Get("/events?channel=a");
        Assert.Equal(Head, peer.TakeHead());
        Assert.Equal("retry: 2000\n\nid: epoch001-0\nevent: position\ndata: {\"from\":\"epoch001-0\",\"recovered\":true}\n\n", peer.Events());
    }

    [Theory]
    [InlineData("cursor=earliest", "", "epoch001-0", "one two")]
    [InlineData("cursor=epoch001-1", "", "epoch001-1", "two")]
    [InlineData("", "If-None-Match: \"epoch001-1\"\r\n", "epoch001-1", "two")]
    [InlineData("cursor=epoch001-0", "If-None-Match: \"epoch001-2\"\r\n", "epoch001-0", "one two")]
    [InlineData("cursor=epoch001-0", "Last-Event-ID: epoch001-1\r\n", "epoch001-1", "two")]
    [InlineData("", "Last-Event-ID: epoch001-1\r\n", "epoch001-1", "two")]
    [InlineData("", "", "epoch001-2", "")]
    public void It_begins_where_it_is_asked_to_and_Last_Event_ID_wins(string query, string fields, string from, string data)
    {
        rig.Publish("channel=a", "one");
        rig.Publish("channel=a", "two");
        RigPeer peer = rig.Connect().Get("/events?channel=a&" + query, fields);
        peer.TakeHead();
        string events = peer.Events();
        Assert.StartsWith($"retry: 2000\n\nid: {from}\nevent: position\n", events);
        Assert.Equal(data, string.Join(' ', events.Split('\n').Where(line => line is "data: one" or "data: two").Select(line => line[6..])));
    }

    [Theory]
    [InlineData("evicted", "epoch001-0")]
    [InlineData("epoch-changed", "zzzzzzzz-1")]
    [InlineData("unknown", "nonsense")]
    public void A_loss_is_told_in_the_position(string reason, string cursor)
    {
        using ServerRig small = new(new() { HistoryMessages = 1 });
        small.Publish("channel=a", "one");
        small.Publish("channel=a", "two");
        RigPeer peer = small.Connect().Get("/events?channel=a", $"Last-Event-ID: {cursor}\r\n");
        peer.TakeHead();
        Assert.Equal(
            $"retry: 2000\n\nid: epoch001-1\nevent: position\ndata: {{\"from\":\"epoch001-1\",\"recovered\":false,\"reason\":\"{reason}\"}}\n\nid: epoch001-2\ndata: two\n\n",
            peer.Events());
    }

    [Theory]
    [InlineData("channel=", "400 bad-channel")]
    [InlineData("channel=a&channel=a", "400 repeated-channel")]
    [InlineData("cursor=a&cursor=b", "400 repeated-cursor")]
    [InlineData("cursor=%FF", "400 bad-query")]
    public void What_breaks_a_rule_is_refused_by_its_name(string query, string expected) =>
        Assert.Equal(expected, ServerRig.Outcome(rig.Get("/events?" + query)));

    [Fact]
    public void HEAD_has_the_fields_and_no_stream()
    {
        Assert.Equal(Head, rig.Answer(ServerRig.Request("HEAD", "/events?channel=a")));
        Assert.Equal("404 no-such-channel", ServerRig.Outcome(rig.Get("/channels/a")));
    }

    [Fact]
    public void HTTP_1_0_gets_the_stream_without_chunks_until_the_connection_closes()
    {
        RigPeer peer = rig.Connect().Send("GET /events?channel=a HTTP/1.0\r\n\r\n");
        Assert.Equal($"HTTP/1.1 200 OK\r\n{ServerRig.Date}Content-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\nVary: Accept-Encoding\r\n\r\n", peer.TakeHead());
        Assert.Equal("retry: 2000\n\nid: epoch001-0\nevent: position\ndata: {\"from\":\"epoch001-0\",\"recovered\":true}\n\n", peer.Take());
        rig.Publish("channel=a", "hi");
        rig.Time.Advance(15_000);
        Assert.Equal("id: epoch001-1\ndata: hi\n\n:\n\n", peer.Take());
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        Assert.Equal("", peer.Take());
    }

    [Fact]
    public void A_stream_asked_for_while_draining_is_200_retry_and_the_end()
    {
        RigPeer peer = rig.Connect().Send("GET /events?channel=a HTTP/1.1\r\n");
        _ = rig.Server.DrainAsync();
        peer.Send("Host: localhost\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", peer.TakeHead());
        Assert.Matches("^retry: [2-9][0-9]{3}\n\n<end>$", peer.Events());
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("x-gzip", true)] // RFC 9110 §8.4.1.3
    [InlineData("GZIP", true)]
    [InlineData("gzip, deflate, br, zstd", true)] // what browsers send
    [InlineData("*", true)]
    [InlineData("br, *;q=0.5", true)]
    [InlineData("identity;q=0, gzip;q=0.001", true)]
    [InlineData("", false)]
    [InlineData("br", false)]
    [InlineData("deflate", false)]
    [InlineData("gzip;q=0", false)]
    [InlineData("*;q=0", false)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("identity, gzip;q=0.5", false)]
    [InlineData("gzip;q=2", false)]
    [InlineData("identity;q=0", false)] // an answer is more use than 406
    public void RFC_9110_12_5_3_it_is_gzip_for_who_likes_that_best(string accepted, bool isGzip)
    {
        string zipped = Head[..^2] + "Content-Encoding: gzip\r\n\r\n";
        string field = $"Accept-Encoding: {accepted}\r\n";
        Assert.Equal(isGzip ? zipped : Head, rig.Connect().Get("/events?channel=a", field).TakeHead());
        Assert.Equal(isGzip ? zipped : Head, rig.Answer(ServerRig.Request("HEAD", "/events?channel=a", field)));
    }

    [Fact]
    public void Switched_off_nothing_is_compressed_and_nothing_hangs_on_what_is_accepted()
    {
        using ServerRig off = new(new() { EventStreams = new() { Compresses = false } });
        RigPeer peer = off.Connect().Get("/events?channel=a", "Accept-Encoding: gzip\r\n");
        Assert.Equal(Head.Replace("Vary: Accept-Encoding\r\n", "", StringComparison.Ordinal), peer.TakeHead());
        Assert.StartsWith("retry: 2000\n\n", peer.Events());
    }

    [Fact]
    public void HTTP_1_0_gets_gzip_without_chunks()
    {
        RigPeer peer = rig.Connect().Send("GET /events?channel=a HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n");
        byte[] begin = peer.Channel.TakeSent();
        int head = begin.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        Assert.Contains("\r\nContent-Encoding: gzip\r\n", System.Text.Encoding.ASCII.GetString(begin, 0, head));
        using LiveGunzip gunzip = new();
        Assert.StartsWith("retry: 2000\n\n", gunzip.Feed(begin.AsSpan(head)));
        rig.Publish("channel=a", "hi");
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        Assert.Equal("id: epoch001-1\ndata: hi\n\n", gunzip.Feed(peer.Channel.TakeSent()));
        gunzip.AssertWhole();
    }

    [Fact]
    public void Streams_that_began_together_end_at_different_times_between_80_and_100_percent_of_their_age()
    {
        using ServerRig aging = new(new() { EventStreams = new() { MaxAge = TimeSpan.FromSeconds(10) } });
        RigPeer[] peers = [.. Enumerable.Range(0, 20).Select(_ => aging.Connect().Get("/events?channel=a"))];
        Assert.All(peers, peer => Assert.StartsWith("HTTP/1.1 200 ", peer.TakeHead()));
        Assert.All(peers, peer => Assert.StartsWith("retry: 2000\n\n", peer.Events()));
        aging.Time.Advance(7_900);
        Assert.All(peers, peer => Assert.Equal("", peer.Events()));
        List<int> ended = [];
        for (int step = 0; step < 22; step++)
        {
            aging.Time.Advance(100);
            ended.Add(peers.Count(peer => peer.Events() == "retry: 100\n\n<end>"));
        }
        Assert.Equal(peers.Length, ended.Sum());
        Assert.True(ended.Count(count => count > 0) > 3, string.Join(' ', ended));
    }
}
