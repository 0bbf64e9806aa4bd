using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Cli;
using RawRealtime.Client;
using RawRealtime.Server;

namespace RawRealtime.Tests.Client;

/// <summary>A server of this process, and the clients of the command line against it.</summary>
internal sealed class ClientRig : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public RealtimeServer Server { get; } = RealtimeServer.Start(new() { Address = IPAddress.Loopback, Port = 0 }, NullLoggerFactory.Instance, TimeProvider.System);

    public ServerTarget Target => new(new Uri(Server.BaseAddress));

    public static ClientConsole ConsoleOf(Stream input, out MemoryStream output, out StringWriter errors) => new(input, output = new(), errors = new());

    public static async Task<(int Code, string Output, string Errors)> PublishAsync(PublishOptions options, string input = "")
    {
        using Interruption none = new();
        ClientConsole console = ConsoleOf(new MemoryStream(Encoding.UTF8.GetBytes(input)), out MemoryStream output, out StringWriter errors);
        int code = await PublishCommand.RunAsync(options, console, none, TimeProvider.System).WaitAsync(Patience);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    public static async Task<(int Code, string Output, string Errors)> SubscribeAsync(SubscribeOptions options)
    {
        using Interruption none = new();
        ClientConsole console = ConsoleOf(Stream.Null, out MemoryStream output, out StringWriter errors);
        int code = await SubscribeCommand.RunAsync(options, console, none, TimeProvider.System).WaitAsync(Patience);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
