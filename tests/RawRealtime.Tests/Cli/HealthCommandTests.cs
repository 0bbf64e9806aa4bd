using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Cli;
using RawRealtime.Server;
using RawRealtime.Tests.Client;

namespace RawRealtime.Tests.Cli;

public sealed class HealthCommandTests
{
    static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        StringWriter output = new(), errors = new();
        int code = await CommandLine.RunAsync(["health", .. args], new Dictionary<string, string>(), output, errors).WaitAsync(ClientRig.Patience);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }

    [Fact]
    public async Task A_server_that_answers_is_up()
    {
        await using ClientRig rig = new();
        Assert.Equal((0, "up", ""), await RunAsync(rig.Server.BaseAddress));
        Assert.Equal((0, "up", ""), await RunAsync("--port", $"{new Uri(rig.Server.BaseAddress).Port}"));
    }

    [Fact]
    public async Task The_environment_says_where_the_server_listens()
    {
        await using ClientRig rig = new();
        StringWriter output = new(), errors = new();
        Dictionary<string, string> environment = new() { ["RAWREALTIME_LISTEN"] = $"*:{new Uri(rig.Server.BaseAddress).Port}" };
        Assert.Equal(0, await CommandLine.RunAsync(["health"], environment, output, errors).WaitAsync(ClientRig.Patience));
    }

    [Fact]
    public async Task A_server_on_a_socket_file_is_asked_there()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("raw");
        string file = Path.Combine(folder.FullName, "s");
        await using (RealtimeServer server = RealtimeServer.Start(new() { Listen = [new UnixDomainSocketEndPoint(file)] }, NullLoggerFactory.Instance, TimeProvider.System))
            Assert.Equal((0, "up", ""), await RunAsync("--listen", $"unix:{file}"));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "It answered 503.")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "It answered 404.")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "It answered 204.")]
    [InlineData("SSH-2.0-x\r\n\r\n", "")]
    public async Task Whoever_answers_anything_but_200_is_not_up(string answer, string cause)
    {
        using ScriptedServer server = new("", answer);
        string address = $"http://{server.Address.Authority}";
        (int code, string output, string errors) = await RunAsync(address);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"rawrealtime: {address} is not up. {cause}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_up()
    {
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, so that nobody else is, and not listening
        (int code, _, string errors) = await RunAsync($"http://{silent.LocalEndPoint}");
        Assert.Equal(1, code);
        Assert.StartsWith($"rawrealtime: http://{silent.LocalEndPoint} is not up. ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_address_is_exit_code_2() =>
        Assert.Equal((2, "", "rawrealtime: server: 'x' is no address such as http://127.0.0.1:5000 or https://example.org. Did you mean 'http://x'?"), await RunAsync("x"));
}
