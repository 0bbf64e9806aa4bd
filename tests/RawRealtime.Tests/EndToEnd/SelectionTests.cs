using System.Text.RegularExpressions;
using RawHub;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>Patterns, event filters, times to live and slow policies, the same on every transport. docs/contract.md, Subscribing.</summary>
public sealed class SelectionTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    /// <summary>The data of what is delivered, in order: one word each.</summary>
    static string Delivered(string transport, ServerRig rig, string query, Action publish)
    {
        RigPeer peer = rig.Connect();
        if (transport == "ws") peer.Open("/ws?" + query);
        else if (transport == "v1") peer.Open("/ws?" + query, "Sec-WebSocket-Protocol: rawrealtime.v1\r\n");
        else if (transport == "events") peer.Get("/events?format=json&" + query);
        bool hasCursor = query.Contains("cursor=", StringComparison.Ordinal);
        string start = transport == "poll" && !hasCursor ? Cursor(ServerRig.ContentOf(rig.Get($"/poll?{query}&cursor=earliest&wait=0"))) : "";
        publish();
        string all = transport switch
        {
            "poll" => rig.Get($"/poll?{query}&wait=0" + (hasCursor ? "" : $"&cursor={start}")),
            "events" => peer.Take(),
            _ => string.Join('\n', peer.Frames()),
        };
        return transport == "ws"
            ? all.Replace("text ", "", StringComparison.Ordinal).Replace('\n', ' ')
            : string.Join(' ', Regex.Matches(all, "\"data\":\"([a-z0-9]+)\"").Select(found => found.Groups[1].Value));
    }

    static string Cursor(string content) => content.Length == 0 ? "earliest" : Regex.Match(content, "\"cursor\":\"([^\"]+)\"}$").Groups[1].Value;

    public static TheoryData<string> Transports => ["ws", "v1", "events", "poll"];

    [Theory, MemberData(nameof(Transports))]
    public void A_pattern_means_all_channels_that_begin_so_those_made_later_too_in_one_order(string transport) =>
        Assert.Equal("one two three", Delivered(transport, rig, "channel=news.*", () =>
        {
            rig.Publish("channel=news.a", "one");
            rig.Publish("channel=newsletter", "no");
            rig.Publish("channel=news.b", "two");
            rig.Publish("channel=news.a", "three");
        }));

    [Theory, MemberData(nameof(Transports))]
    public void A_filter_lets_through_the_events_it_names(string transport) =>
        Assert.Equal("one three", Delivered(transport, rig, "channel=a&event=x&event=y", () =>
        {
            rig.Publish("channel=a&event=x", "one");
            rig.Publish("channel=a", "no");
            rig.Publish("channel=a&event=z", "no");
            rig.Publish("channel=a&event=y", "three");
        }));

    [Theory, MemberData(nameof(Transports))]
    public void A_pattern_and_a_filter_go_together(string transport) =>
        Assert.Equal("yes", Delivered(transport, rig, "channel=a*&event=x", () =>
        {
            rig.Publish("channel=ab&event=y", "no");
            rig.Publish("channel=b&event=x", "no");
            rig.Publish("channel=ab&event=x", "yes");
        }));

    [Theory, MemberData(nameof(Transports))]
    public void A_message_whose_time_is_over_is_not_delivered_to_who_comes_later(string transport)
    {
        rig.Publish("channel=a&ttl=10", "short");
        rig.Publish("channel=a&ttl=100", "long");
        rig.Publish("channel=a", "kept");
        rig.Time.Advance(11_000);
        Assert.Equal("long kept", Delivered(transport, rig, "channel=a&cursor=earliest", () => { }).Trim());
    }

    [Theory]
    [InlineData("/ws?channel=a*b")]
    [InlineData("/ws?channel=a&event=")]
    [InlineData("/ws?channel=*a")]
    [InlineData("/events?channel=a**")]
    [InlineData("/events?channel=a&event=open")]
    [InlineData("/poll?channel=a*b")]
    [InlineData("/poll?channel=a&event=position")]
    public void A_pattern_or_filter_that_is_none_is_refused(string target) =>
        Assert.StartsWith("400 bad-", ServerRig.Outcome(rig.Get(target, target.StartsWith("/ws", StringComparison.Ordinal) ? RigPeer.Opening : "")));

    [Theory]
    [InlineData("/events?channel=a")]
    [InlineData("/poll?channel=a")]
    public void A_65th_event_name_is_too_many(string target)
    {
        Assert.DoesNotContain("400", ServerRig.Outcome(rig.Get($"{target}&wait=0&" + string.Join('&', Enumerable.Range(0, 64).Select(i => $"event=e{i}"))) + " "));
        Assert.Equal("400 too-many-events", ServerRig.Outcome(rig.Get($"{target}&" + string.Join('&', Enumerable.Range(0, 65).Select(i => $"event=e{i}")))));
    }

    /// <summary>A slow peer that takes again after ten messages, of which its queue held some.</summary>
    static RigPeer Slowed(ServerRig rig, Action<RigPeer> open)
    {
        RigPeer peer = rig.Connect();
        open(peer);
        rig.Publish("channel=a", "live");
        peer.Channel.SendsStall = true;
        for (int i = 0; i < 10; i++) rig.Publish("channel=a", new string((char)('0' + i), 400_000));
        peer.Channel.SendsStall = false;
        return peer;
    }

    [Theory]
    [InlineData(nameof(SlowKind.DropOldest), 2, "89")]
    [InlineData(nameof(SlowKind.LatestOnly), 2, "9")]
    public void What_a_slow_one_loses_is_told_and_it_goes_on(string kind, int messages, string last)
    {
        using ServerRig slow = new(new() { Slow = new(Enum.Parse<SlowKind>(kind), messages) });
        string[] frames = Slowed(slow, peer => peer.OpenV1("/ws?channel=a")).Frames();
        int told = Array.FindIndex(frames, frame => frame.Contains("\"reason\":\"dropped\"", StringComparison.Ordinal));
        Assert.Matches("""^text \{"type":"position","from":"epoch001-[0-9]+","recovered":false,"reason":"dropped"\}$""", frames[told]);
        Assert.Equal(last, string.Concat(frames[(told + 1)..].Select(frame => Regex.Match(frame, "\"data\":\"(.)").Groups[1].Value))[^last.Length..]);

        string events = Slowed(slow, peer => peer.Get("/events?channel=a").TakeHead()).Events();
        Assert.Contains("event: position\ndata: {\"from\":\"", events);
        Assert.Contains("\"recovered\":false,\"reason\":\"dropped\"}", events);
        Assert.EndsWith(last[^1] + "\n\n", events);
    }

    [Theory]
    [InlineData(nameof(SlowKind.DropOldest))]
    [InlineData(nameof(SlowKind.LatestOnly))]
    [InlineData(nameof(SlowKind.Disconnect))]
    public void A_plain_WebSocket_has_no_place_for_that_word_and_is_closed(string kind)
    {
        using ServerRig slow = new(new() { Slow = new(Enum.Parse<SlowKind>(kind), 2) });
        Assert.Equal("close 1013 too slow: messages were lost", Slowed(slow, peer => peer.Open("/ws?channel=a")).Frames()[^1]);
    }

    [Fact]
    public void A_channel_may_have_a_policy_of_its_own()
    {
        Assert.True(ChannelPattern.TryParse("a*", out ChannelPattern some));
        using ServerRig slow = new(new() { Slow = new(SlowKind.Disconnect, 2), SlowChannels = [new(some, new(SlowKind.LatestOnly))] });
        Assert.DoesNotContain(Slowed(slow, peer => peer.OpenV1("/ws?channel=a")).Frames(), frame => frame.StartsWith("close", StringComparison.Ordinal));
    }
}
