using System.Text;
using RawRealtime.Cli;
using RawRealtime.Client;
using RawRealtime.Tests.Client;

namespace RawRealtime.Tests.Cli;

public sealed class ConnectCommandTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static async Task<(string Output, string Errors)> ShowAsync(string frames, ConnectOptions options, bool isTyped = false, bool isShown = false)
    {
        using ScriptedServer server = new(frames);
        using Interruption none = new();
        MemoryStream output = new();
        StringWriter errors = new();
        ClientConsole console = new(Stream.Null, output, errors) { IsTyped = isTyped, IsShown = isShown };
        Assert.Equal(ClientExit.Normal, await ConnectCommand.RunAsync(options with { Server = server.Address }, console, none, TimeProvider.System).WaitAsync(Patience));
        return (Encoding.UTF8.GetString(output.ToArray()), errors.ToString().Replace(server.Address.ToString(), "SERVER", StringComparison.Ordinal).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task People_see_the_opening_messages_and_the_end() => Assert.Equal(
        ("< hi\n< 1 bytes\n00000000  07                                                |.|\n",
         "Connected to SERVER. A line is a message; Ctrl+D closes.\nThe server closed the connection. Close code 1000: bye.\n"),
        await ShowAsync("8102 6869 8201 07 8805 03E8 627965", new() { Server = new("ws://h/"), Wait = null }, isTyped: true, isShown: true));

    [Fact]
    public async Task Machines_see_the_same_as_JSON()
    {
        (string output, string errors) = await ShowAsync("8102 6869 8802 03E8", new() { Server = new("ws://h/"), Wait = null, IsJson = true });
        string[] lines = output.TrimEnd().Split('\n');
        Assert.StartsWith("{\"type\":\"opened\",", lines[0], StringComparison.Ordinal);
        Assert.Equal("{\"type\":\"message\",\"data\":\"hi\"}", lines[1]);
        Assert.Equal("{\"type\":\"closed\",\"code\":1000,\"reason\":\"\",\"ending\":\"closed-by-server\",\"detail\":\"The server closed the connection.\",\"exit\":0}", lines[2]);
        Assert.Equal("", errors);
    }
}
