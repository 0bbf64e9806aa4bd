using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class PublishSessionTests
{
    [Fact]
    public async Task Each_argument_is_a_message_and_its_id_is_a_line()
    {
        await using ClientRig rig = new();
        (int code, string output, string errors) = await ClientRig.PublishAsync(new(rig.Target) { Channel = "a", Event = "e", Data = ["one", "zwölf"], Ttl = new(60) });
        Assert.Equal((ClientExit.Normal, ""), (code, errors));
        Assert.Equal(["1", "2"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => id.Split('-')[1]));
        (_, string heard, _) = await ClientRig.SubscribeAsync(new(rig.Target) { Channels = ["a"], Cursor = "earliest", Count = 2 });
        Assert.Equal("one\nzwölf\n", heard);
    }

    [Fact]
    public async Task Without_arguments_the_whole_input_is_one_message()
    {
        await using ClientRig rig = new();
        (int code, string output, _) = await ClientRig.PublishAsync(new(rig.Target) { IsBinary = true, IsJson = true, Key = "k" }, "a\nb\n");
        Assert.Equal(ClientExit.Normal, code);
        Assert.Matches("""^\{"type":"published","id":"[^"]+-1","channel":"default","subscribers":0\}\n\{"type":"done","published":1,"refused":0,""", output);
        (_, string heard, _) = await ClientRig.SubscribeAsync(new(rig.Target) { Cursor = "earliest", Count = 1 });
        Assert.Equal("YQpiCg==\n", heard);
    }

    [Theory] // what is published, exit code, what is said
    [InlineData("too large", ClientExit.ToldWrongly, "more than 1 MiB")]
    [InlineData("no file", ClientExit.ToldWrongly, "Could not find")]
    [InlineData("nobody", ClientExit.Unreachable, "nobody listens on port 1 there. Start the server, or check the port.")]
    public async Task What_went_wrong_is_told_in_one_line(string how, int expected, string said)
    {
        await using ClientRig rig = new();
        PublishOptions options = how switch
        {
            "no file" => new(rig.Target) { File = "/nowhere/at/all" },
            "nobody" => new(new(new Uri("http://127.0.0.1:1"))) { Data = ["x"] },
            _ => new(rig.Target),
        };
        (int code, string output, string errors) = await ClientRig.PublishAsync(options, new('x', (1 << 20) + 1));
        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }
}
