using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

/// <summary>What every transport of <c>subscribe</c> does, against a server of this process; what comes is judged in <see cref="SubscriptionJsonTests"/>.</summary>
/// <param name="via">Which one.</param>
sealed class TransportTalk(SubscribeVia via)
{
    SubscribeOptions To(ServerTarget target) => new(target) { Channels = ["a"], Via = via, Cursor = "earliest", Count = 2 };

    internal async Task GoesOnBehindItsCursor()
    {
        await using ClientRig rig = new();
        await ClientRig.PublishAsync(new(rig.Target) { Channel = "a", Data = ["1", "2", "3", "4"] });
        (int code, string output, _) = await ClientRig.SubscribeAsync(To(rig.Target) with { IsJson = true });
        Assert.Equal(ClientExit.Normal, code);
        string cursor = output.Split("{\"type\":\"ended\",\"cursor\":\"")[1].Split('"')[0];
        (_, string rest, _) = await ClientRig.SubscribeAsync(To(rig.Target) with { Cursor = cursor });
        Assert.Equal("3\n4\n", rest);
    }

    internal async Task TellsWhatIsMissing()
    {
        await using ClientRig rig = new();
        await ClientRig.PublishAsync(new(rig.Target) { Channel = "a", Data = ["1", "2"] });
        (int code, string output, string errors) = await ClientRig.SubscribeAsync(To(rig.Target) with { Cursor = "nonsense" });
        Assert.Equal((ClientExit.Normal, "1\n2\n"), (code, output));
        Assert.Contains("rawrealtime: messages are missing before this (unknown). Going on with what is kept.", errors, StringComparison.Ordinal);
    }

    internal async Task TellsARefusal(string answer, int expected)
    {
        using ScriptedServer server = new("", answer);
        (int code, string output, string errors) = await ClientRig.SubscribeAsync(To(new(new Uri($"http{server.Address.GetLeftPart(UriPartial.Authority)[2..]}"))));
        Assert.Equal((expected, ""), (code, output));
        Assert.Single(errors.Trim().Split('\n'));
    }
}
