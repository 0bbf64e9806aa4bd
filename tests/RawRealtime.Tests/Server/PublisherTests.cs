namespace RawRealtime.Tests.Server;

/// <summary>A publisher far ahead of the dispatching is held back by not being answered, and not read.</summary>
public sealed class PublisherTests : IDisposable
{
    const int MayRunAhead = 256;

    readonly ServerRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_poster_waits_for_its_answer_until_its_channel_is_dispatched()
    {
        rig.Connect().Get("/events?channel=a");
        rig.HoldsDispatch = true;
        RigPeer poster = rig.Connect();
        string post = ServerRig.Request("POST", "/publish?channel=a", "Content-Length: 1\r\n") + "x";
        for (int i = 0; i <= MayRunAhead; i++) poster.Send(post);
        Assert.EndsWith($"\"id\":\"epoch001-{MayRunAhead}\",\"channel\":\"a\",\"subscribers\":1}}", poster.Take());

        rig.HoldsDispatch = false;
        await poster.Until($"\"id\":\"epoch001-{MayRunAhead + 1}\",\"channel\":\"a\",\"subscribers\":1}}");
    }

    [Fact]
    public void Another_channel_is_not_held_back()
    {
        rig.Connect().Get("/events?channel=a");
        rig.HoldsDispatch = true;
        for (int i = 0; i < MayRunAhead; i++) rig.Publish("channel=a", "x");
        Assert.Equal("", rig.Publish("channel=a", "x"));
        Assert.StartsWith("HTTP/1.1 202 ", rig.Publish("channel=b", "x"));
    }

    [Fact]
    public async Task A_WebSocket_that_publishes_is_not_read_on_until_then()
    {
        rig.HoldsDispatch = true;
        RigPeer peer = rig.Connect();
        peer.Open("/ws?channel=a");
        for (int i = 0; i < MayRunAhead + 50; i++) peer.Say("x");
        Assert.Equal($"epoch001-{MayRunAhead + 1}", Assert.Single(rig.Server.Hub.Snapshot()).Cursor.ToString());

        rig.HoldsDispatch = false;
        byte[] all = [.. Enumerable.Repeat<byte[]>([0x81, 0x01, (byte)'x'], MayRunAhead + 50).SelectMany(frame => frame)];
        await peer.Channel.WhenSent(peer.Channel.SentTotal - peer.Channel.Sent.Length + all.Length).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(all, peer.Channel.TakeSent());
    }
}
