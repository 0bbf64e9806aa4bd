namespace RawRealtime.Tests.Server;

/// <summary>docs/contract.md, Words: what time does to channels.</summary>
public sealed class HubClockTests
{
    [Fact]
    public void Messages_go_when_they_are_too_old()
    {
        using ServerRig rig = new(new() { HistoryAge = TimeSpan.FromSeconds(10) });
        rig.Publish("channel=a", "old");
        rig.Time.Advance(5_000);
        rig.Publish("channel=a", "new");
        Assert.Contains("\"kept\":2,", rig.Get("/channels/a"));
        rig.Time.Advance(6_500);
        Assert.Contains("\"kept\":1,", rig.Get("/channels/a"));
        Assert.Contains("\"recovered\":false,\"reason\":\"evicted\"", rig.Get("/poll?channel=a&cursor=epoch001-0"));
    }

    [Fact]
    public void An_unused_empty_channel_keeps_its_epoch_for_ten_minutes()
    {
        using ServerRig rig = new();
        rig.Get("/poll?channel=a&wait=0");
        rig.Time.Advance(599_000);
        Assert.Contains("\"cursor\":\"epoch001-0\"", rig.Get("/channels/a"));
        rig.Time.Advance(3_000);
        Assert.Equal("404 no-such-channel", ServerRig.Outcome(rig.Get("/channels/a")));
        Assert.Contains("\"epoch002-0\"", rig.Get("/poll?channel=a&wait=0"));
    }
}
