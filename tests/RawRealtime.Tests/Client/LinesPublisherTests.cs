using System.Globalization;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class LinesPublisherTests
{
    [Fact]
    public async Task Lines_are_published_in_order_and_counted()
    {
        await using ClientRig rig = new();
        string input = string.Concat(Enumerable.Range(1, 3000).Select(i => $"{i}\n"));
        (int code, string output, string errors) = await ClientRig.PublishAsync(new(rig.Target) { Channel = "a", AreLines = true }, input);
        Assert.Equal((ClientExit.Normal, ""), (code, output));
        Assert.StartsWith("3,000 published, 0 refused, ", errors, StringComparison.Ordinal);
        (_, string heard, _) = await ClientRig.SubscribeAsync(new(rig.Target) { Channels = ["a"], Cursor = "earliest", Count = 1000 });
        Assert.Equal(string.Concat(Enumerable.Range(2001, 1000).Select(i => $"{i}\n")), heard);
    }

    [Fact]
    public async Task With_a_key_the_same_input_publishes_nothing_twice()
    {
        await using ClientRig rig = new();
        PublishOptions options = new(rig.Target) { Channel = "a", AreLines = true, Key = "k", IsJson = true, IsBinary = true };
        (_, string first, _) = await ClientRig.PublishAsync(options, "1\n2\n");
        (_, string second, _) = await ClientRig.PublishAsync(options, "1\n2\n3");
        Assert.Equal(first.Split('\n')[..2], second.Split('\n')[..2]);
        Assert.Contains("-3\"", second.Split('\n')[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_not_text_stops_it_after_those_before()
    {
        await using ClientRig rig = new();
        ClientConsole console = ClientRig.ConsoleOf(new MemoryStream([.. "1\n2\n"u8, 0xFF, .. "\n4\n"u8]), out _, out StringWriter errors);
        using Interruption none = new();
        int code = await RawRealtime.Cli.PublishCommand.RunAsync(new(rig.Target) { AreLines = true }, console, none, TimeProvider.System).WaitAsync(ClientRig.Patience);
        Assert.Equal(ClientExit.ToldWrongly, code);
        Assert.StartsWith("2 published, 0 refused, ", errors.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("rawrealtime: line 3 of the input is not UTF-8. Send bytes with --binary.\n", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory] // content of a 200, exit code, what is said
    [InlineData("""{"id":"e-1","channel":"a","subscribers":0,"line":1}""", ClientExit.Lost, "The server answered no line from 2 on; whether they were published is not known.")]
    [InlineData("""{"id":"e-1","channel":"a","subscribers":0,"line":2}""", ClientExit.Fault, "The answer is not one of RawRealtime's.")]
    [InlineData("""{"ok":true}""", ClientExit.Fault, "The answer is not one of RawRealtime's.")]
    public async Task Answers_that_are_missing_or_out_of_order_are_told(string answer, int expected, string said)
    {
        using ScriptedServer server = new("", $"HTTP/1.1 200 OK\r\nContent-Length: {(answer.Length + 1).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{answer}\n");
        (int code, _, string errors) = await ClientRig.PublishAsync(new(new(new Uri($"http{server.Address.GetLeftPart(UriPartial.Authority)[2..]}"))) { AreLines = true }, "1\n2\n");
        Assert.Equal(expected, code);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }
}
