using Testing;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/decisions/0043-gzip-of-event-streams.md: what a gzip stream holds, and that all share its pieces.</summary>
public sealed class EventBodyTests : IDisposable
{
    const string Gzip = "Accept-Encoding: gzip\r\n";

    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    static RigPeer Stream(ServerRig rig, string query, string fields = "")
    {
        RigPeer peer = rig.Connect().Get("/events?" + query, fields);
        peer.TakeHead();
        return peer;
    }

    static string Feed(LiveGunzip gunzip, RigPeer peer) => string.Concat(peer.Chunks().Select(chunk => chunk.Length == 0 ? "<end>" : gunzip.Feed(chunk)));

    [Theory]
    [InlineData("channel=a")]
    [InlineData("channel=a&format=json")]
    [InlineData("channel=a&channel=b")]
    public void A_gzip_stream_says_what_a_plain_one_says_and_at_the_same_moment(string query)
    {
        RigPeer plain = Stream(rig, query), zipped = Stream(rig, query, Gzip);
        using LiveGunzip gunzip = new();
        string[] messages = ["", "hi", "two\nlines\r\nthree", new('x', 100_000), Convert.ToBase64String(RandomBytes(50_000)), "ü€\u2028👋", ":"];
        Assert.Equal(plain.Events(), Feed(gunzip, zipped));
        foreach (string message in messages)
        {
            rig.Publish("channel=a&event=e", message);
            Assert.Equal(plain.Events(), Feed(gunzip, zipped));
            rig.Publish("channel=a", message, "Content-Type: image/png\r\n");
            Assert.Equal(plain.Events(), Feed(gunzip, zipped));
            rig.Time.Advance(15_000);
            Assert.Equal(":\n\n", plain.Events());
            Assert.Equal(":\n\n", Feed(gunzip, zipped));
        }
        foreach (string channel in (string[])["a", "b"]) rig.Answer(ServerRig.Request("DELETE", $"/channels/{channel}"));
        Assert.Equal("<end>", Feed(gunzip, zipped));
        gunzip.AssertWhole();
    }

    [Fact]
    public void Streams_share_the_pieces_also_those_that_began_at_different_times()
    {
        RigPeer early = Stream(rig, "channel=a", Gzip);
        rig.Publish("channel=a", new('m', 5_000));
        RigPeer late = Stream(rig, "channel=a", Gzip);
        using LiveGunzip one = new(), two = new();
        Assert.NotEqual(Feed(one, early), Feed(two, late));
        rig.Publish("channel=a", new('n', 5_000));
        byte[] early2 = Assert.Single(early.Chunks()), late2 = Assert.Single(late.Chunks());
        Assert.Equal(early2, late2);
        Assert.True(early2.Length < 200, $"{early2.Length}");
        Assert.Equal(one.Feed(early2), two.Feed(late2));
        rig.Answer(ServerRig.Request("DELETE", "/channels/a"));
        Assert.Equal(("<end>", "<end>"), (Feed(one, early), Feed(two, late)));
        one.AssertWhole();
        two.AssertWhole();
    }

    [Fact]
    public void A_drain_sends_a_fresh_retry_and_the_end_of_the_gzip_stream()
    {
        RigPeer peer = Stream(rig, "channel=a", Gzip);
        using LiveGunzip gunzip = new();
        Feed(gunzip, peer);
        _ = rig.Server.DrainAsync();
        Assert.Matches("^retry: [2-9][0-9]{3}\n\n<end>$", Feed(gunzip, peer));
        gunzip.AssertWhole();
    }

    [Fact]
    public void One_with_no_room_for_its_end_is_cut_and_not_taken_for_whole()
    {
        RigPeer peer = Stream(rig, "channel=a", Gzip);
        peer.Chunks();
        peer.Channel.SendsStall = true;
        foreach (int bytes in (int[])[480_000, 750_000]) rig.Publish("channel=a", Convert.ToBase64String(RandomBytes(bytes))); // more than 1 MiB waits
        _ = rig.Server.DrainAsync();
        peer.Channel.SendsStall = false;
        Assert.DoesNotContain(peer.Chunks(), chunk => chunk.Length == 0);
    }

    static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [InlineData("channel=a", "epoch001-")]
    [InlineData("channel=b&channel=a", "epoch002-0.epoch001-")]
    public void A_cursor_that_moved_without_a_message_is_told_instead_of_a_comment(string query, string cursor)
    {
        rig.Publish("channel=a", "first");
        ManualTime time = rig.Time;
        RigPeer peer = rig.Connect().Get($"/events?{query}&event=message");
        peer.TakeHead();
        Assert.Contains($"id: {cursor}1\nevent: position\n", peer.Events());

        time.Advance(15_000);
        Assert.Equal(":\n\n", peer.Events());
        rig.Publish("channel=a&event=skip", "1");
        Assert.Equal("", peer.Events());
        time.Advance(15_000);
        Assert.Equal($"id: {cursor}2\n\n", peer.Events());
        time.Advance(15_000);
        Assert.Equal(":\n\n", peer.Events());
        rig.Publish("channel=a", "wanted");
        Assert.StartsWith($"id: {cursor}3\ndata: ", peer.Events());
        time.Advance(15_000);
        Assert.Equal(":\n\n", peer.Events());
        rig.Publish("channel=a&event=skip", "2");
        rig.Publish("channel=a", "wanted");
        Assert.StartsWith($"id: {cursor}5\ndata: ", peer.Events());
        time.Advance(15_000);
        Assert.Equal(":\n\n", peer.Events());
    }
}
