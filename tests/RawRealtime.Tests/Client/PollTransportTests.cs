using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

/// <summary>Against a server of this process; what comes is judged in <see cref="SubscriptionJsonTests"/>.</summary>
public sealed class PollTransportTests
{
    static SubscribeOptions To(ServerTarget target) => new(target) { Channels = ["a"], Via = SubscribeVia.Poll, Cursor = "earliest", Count = 2 };

    [Fact]
    public async Task Messages_come_in_order_and_a_cursor_goes_on_behind_them()
    {
        await using ClientRig rig = new();
        await ClientRig.PublishAsync(new(rig.Target) { Channel = "a", Data = ["1", "2", "3", "4"] });
        (int code, string output, _) = await ClientRig.SubscribeAsync(To(rig.Target) with { IsJson = true });
        Assert.Equal(ClientExit.Normal, code);
        string cursor = output.Split("{\"type\":\"ended\",\"cursor\":\"")[1].Split('"')[0];
        (_, string rest, _) = await ClientRig.SubscribeAsync(To(rig.Target) with { Cursor = cursor });
        Assert.Equal("3\n4\n", rest);
    }

    [Fact]
    public async Task What_is_missing_is_told()
    {
        await using ClientRig rig = new();
        await ClientRig.PublishAsync(new(rig.Target) { Channel = "a", Data = ["1", "2"] });
        (int code, string output, string errors) = await ClientRig.SubscribeAsync(To(rig.Target) with { Cursor = "nonsense" });
        Assert.Equal((ClientExit.Normal, "1\n2\n"), (code, output));
        Assert.Contains("rawrealtime: messages are missing before this (unknown). Going on with what is kept.", errors, StringComparison.Ordinal);
    }

    [Theory] // what the server answers, exit code
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused)]
    [InlineData("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", ClientExit.Refused)]
    public async Task A_refusal_is_told(string answer, int expected)
    {
        using ScriptedServer server = new("", answer);
        (int code, string output, string errors) = await ClientRig.SubscribeAsync(To(new(new Uri($"http{server.Address.GetLeftPart(UriPartial.Authority)[2..]}"))));
        Assert.Equal((expected, ""), (code, output));
        Assert.Single(errors.Trim().Split('\n'));
    }
}
