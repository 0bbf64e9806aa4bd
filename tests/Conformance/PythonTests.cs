namespace Conformance;

/// <summary>Python's <c>websockets</c>, as its users use it.</summary>
public sealed class PythonTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [SkippableFact]
    public async Task Websockets_gets_back_what_it_sent_and_goes_on_with_its_cursor_after_a_cut()
    {
        Ended ended = await Child.RunAsync(await Tools.PythonWithAsync("websockets"), [Path.Combine(Tools.Clients, "python-websockets.py"), server.Ws]);

        string[] expected =
        [
            "compression: permessage-deflate",
            "text: as sent",
            "empty: as sent",
            "binary: as sent",
            "large: as sent",
            "fragments: one two three",
            "order: True",
            "ping: pong",
            "close: 1000",
            "without compression: 0",
            "long frame: 70000",
            "close of the application: 4321",
            "too big: 1009",
            "subprotocol: rawrealtime.v1 position True",
            "acks: [0, 1, 2]",
            "messages: ['first 0', 'first 1', 'first 2']",
            "resumed: True True",
            "messages: ['first 1', 'first 2']",
            "done",
        ];
        Assert.Equal(("", string.Join('\n', expected)), (ended.Errors, ended.Output.TrimEnd('\n')));
    }
}
