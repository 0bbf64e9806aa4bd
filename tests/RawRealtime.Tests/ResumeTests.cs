using System.Text.RegularExpressions;

namespace RawRealtime.Tests;

/// <summary>docs/contract.md, Words: a cursor got on one transport is good on every other.</summary>
public sealed class ResumeTests : IDisposable
{
    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            TheoryData<string, string, bool> pairs = new();
            foreach (string from in new[] { "v1", "events", "poll", "json" })
                foreach (string to in new[] { "v1", "ws", "events", "poll", "json" })
                {
                    pairs.Add(from, to, false);
                    pairs.Add(from, to, true);
                }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task A_cut_on_one_transport_is_resumed_on_another_without_loss(string from, string to, bool several)
    {
        string query = several ? "channel=a&channel=b" : "channel=a";
        RigPeer first = Subscribe(from, query);
        rig.Publish("channel=a", "(one)");
        string seen = first.Take();
        Assert.Contains("(one)", seen);
        string cursor = Regex.Matches(seen, "epoch[0-9]{3}-[0-9]+(\\.epoch[0-9]{3}-[0-9]+)*").Select(match => match.Value).Last(text => text.Contains('.', StringComparison.Ordinal) == several);
        await first.Ended();
        rig.Publish("channel=a", "(two)");
        if (several) rig.Publish("channel=b", "(three)");

        string resumed = Subscribe(to, $"{query}&cursor={cursor}").Take();
        Assert.DoesNotContain("(one)", resumed);
        Assert.Contains("(two)", resumed);
        Assert.Equal(several, resumed.Contains("(three)", StringComparison.Ordinal));
        Assert.Contains("\"recovered\":true", resumed);
    }

    // The whole answer stays to be taken, with its head.
    RigPeer Subscribe(string transport, string query) => transport switch
    {
        "events" => rig.Connect().Get("/events?" + query),
        "json" => rig.Connect().Get("/events?format=json&" + query),
        "poll" => rig.Connect().Get("/poll?" + query),
        "v1" => rig.Connect().Get("/ws?" + query, RigPeer.Opening + "Sec-WebSocket-Protocol: rawrealtime.v1\r\n"),
        _ => rig.Connect().Get("/ws?" + query, RigPeer.Opening),
    };
}
