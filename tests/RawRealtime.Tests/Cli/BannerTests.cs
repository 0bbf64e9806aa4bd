using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Cli;
using RawRealtime.Server;

namespace RawRealtime.Tests.Cli;

public sealed class BannerTests
{
    [Fact]
    public async Task Every_line_can_be_pasted()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0 }, NullLoggerFactory.Instance, TimeProvider.System);
        StringWriter output = new();
        await Banner.WriteAsync(output, server);
        string at = server.BaseAddress[4..], text = output.ToString();
        foreach (string line in new[] { $" on http{at}", $" http{at}/\n", $" ws{at}/ws\n", $" curl -N http{at}/events\n", $" curl http{at}/poll\n", $" curl -d hello http{at}/publish\n" })
            Assert.Contains(line, text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_testee_names_what_it_has_and_nothing_else()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0, IsTestee = true }, NullLoggerFactory.Instance, TimeProvider.System);
        string[] lines = await LinesAsync(server);
        Assert.Contains($"  content back   curl -d hello {server.BaseAddress}/", lines);
        Assert.Contains($"  echo           ws{server.BaseAddress[4..]}/ (any path)", lines);
        Assert.DoesNotContain(lines, line => line.Contains("publish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_place_is_named_and_a_socket_alone_is_told_to_curl()
    {
        if (OperatingSystem.IsWindows()) return;
        string folder = Directory.CreateTempSubdirectory("rawrealtime").FullName, path = Path.Combine(folder, "s");
        UnixDomainSocketEndPoint socket = new(path);
        await using (RealtimeServer server = RealtimeServer.Start(new() { Listen = [new IPEndPoint(IPAddress.Loopback, 0), socket] }, NullLoggerFactory.Instance, TimeProvider.System))
        {
            string[] lines = await LinesAsync(server);
            Assert.EndsWith($" on {server.BaseAddress}", lines[0]);
            Assert.Equal($"              and on unix:{path}", lines[1]);
            Assert.Contains($"  publish        curl -d hello {server.BaseAddress}/publish", lines);
        }
        await using (RealtimeServer server = RealtimeServer.Start(new() { Listen = [socket] }, NullLoggerFactory.Instance, TimeProvider.System))
        {
            string[] lines = await LinesAsync(server);
            Assert.EndsWith($" on unix:{path}", lines[0]);
            Assert.Contains($"  publish        curl --unix-socket {path} -d hello http://localhost/publish", lines);
            Assert.DoesNotContain(lines, line => line.Contains("WebSocket", StringComparison.Ordinal));
        }
        Directory.Delete(folder);
    }

    static async Task<string[]> LinesAsync(RealtimeServer server)
    {
        StringWriter output = new();
        await Banner.WriteAsync(output, server);
        return output.ToString().ReplaceLineEndings("\n").Split('\n');
    }

    [Theory]
    [InlineData("127.0.0.1", false, false)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("0.0.0.0", true, false)]
    public async Task It_warns_when_others_may_reach_a_server_that_asks_for_nothing(string address, bool asks, bool warns)
    {
        ServerOptions options = new() { Address = IPAddress.Parse(address), Port = 0, Tokens = asks ? Access.Tokens.BySecret : null };
        using RecordedLogs logs = new();
        await using RealtimeServer server = RealtimeServer.Start(options, logs, TimeProvider.System);
        Assert.Equal(warns, (await LinesAsync(server)).Any(line => line.StartsWith("Whoever reaches this server may subscribe, publish and delete.", StringComparison.Ordinal)));
        Assert.Equal(warns, logs.Log.Lines.Any(line => line.StartsWith("Warning: Whoever reaches this server", StringComparison.Ordinal)));
    }

    sealed class RecordedLogs : ILoggerFactory
    {
        public RecordedLog Log { get; } = new();

        public ILogger CreateLogger(string categoryName) => Log;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
