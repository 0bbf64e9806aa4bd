using System.Net;
using System.Net.Sockets;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class CommandLineTests
{
    static readonly Dictionary<string, string> NoEnvironment = [];

    static async Task<(int Code, string Output, string Errors)> RunAsync(string[] args, Dictionary<string, string>? environment = null)
    {
        StringWriter output = new(), errors = new();
        int code = await CommandLine.RunAsync(args, environment ?? NoEnvironment, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    [Theory]
    [InlineData("--prot 1", "rawrealtime: '--prot' is neither a command nor a setting. Did you mean '--port'? See rawrealtime --help.")]
    [InlineData("serv", "rawrealtime: 'serv' is neither a command nor a setting. Did you mean 'serve'? See rawrealtime --help.")]
    [InlineData("--port 70000", "rawrealtime: '70000' is out of range for --port: 0 to 65535.")]
    [InlineData("--head-time 0", "rawrealtime: '0' is out of range for --head-time: 1ms to 1d.")]
    [InlineData("--bodyrate 1", "rawrealtime: '--bodyrate' is neither a command nor a setting. Did you mean '--body-rate'? See rawrealtime --help.")]
    [InlineData("--history-age soon", "rawrealtime: 'soon' is not a time such as 90s or 1h.")]
    [InlineData("--history-bytes 16MB", "rawrealtime: '16MB' is not a size such as 16MiB.")]
    [InlineData("--host nowhere.example", "rawrealtime: 'nowhere.example' is not an IP address of this machine; try 127.0.0.1, 0.0.0.0 or '*' for all.")]
    [InlineData("--allow-origin example.org", "rawrealtime: 'example.org' is no origin such as https://example.org.")]
    [InlineData("connect", "rawrealtime: connect needs an address such as ws://127.0.0.1:5000/ws.")]
    [InlineData("connect ws://h/ --subprotokol a", "rawrealtime: '--subprotokol' is neither a command nor a setting. Did you mean '--subprotocol'? See rawrealtime connect --help.")]
    [InlineData("--port 5001 connect ws://h/", "rawrealtime: --port is a setting of the server, and connect is a client.")]
    [InlineData("testee --connect ws://h/ --port 5001", "rawrealtime: --port is a setting of the server, and testee --connect is a client.")]
    [InlineData("testee --connect ws://h/ --config x.json", "rawrealtime: --config is a setting of the server, and testee --connect is a client.")]
    [InlineData("testee --agent x", "rawrealtime: --agent is for the client under test: it needs --connect.")]
    [InlineData("--tls-key key.pem", "rawrealtime: --tls-key needs the certificate too: --tls-cert.")]
    public async Task A_bad_command_line_is_one_clear_line_and_exit_code_2(string line, string expected)
    {
        (int code, string output, string errors) = await RunAsync(line.Split(' '));

        Assert.Equal(expected, errors.Trim());
        Assert.Equal("", output);
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task A_bad_value_says_which_variable_it_came_from()
    {
        (int code, _, string errors) = await RunAsync([], new() { ["RAWREALTIME_PORT"] = "many" });

        Assert.StartsWith("rawrealtime: RAWREALTIME_PORT: ", errors);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task The_environment_holds_the_servers_settings_and_does_not_concern_clients()
    {
        (int code, string output, string errors) = await RunAsync(["testee", "--connect", "ws://127.0.0.1:1"], new() { ["RAWREALTIME_PORT"] = "many", ["RAWREALTIME_CONFIG"] = "/nowhere" });

        Assert.Equal((RawRealtime.Client.ClientExit.Unreachable, ""), (code, output));
        Assert.Equal("rawrealtime: cannot reach ws://127.0.0.1:1/: nobody listens on port 1 there. Start the server, or check the port.", errors.Trim());
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_line_and_exit_code_2()
    {
        using Socket other = new(SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;

        (int code, _, string errors) = await RunAsync(["--port", $"{port}"]);

        Assert.StartsWith($"rawrealtime: cannot listen on 127.0.0.1 port {port}: it is in use.", errors);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task An_unreadable_certificate_is_one_clear_line_and_exit_code_2()
    {
        (int code, _, string errors) = await RunAsync(["--port", "0", "--tls-cert", "/nowhere/cert.pem"]);

        Assert.StartsWith("rawrealtime: cannot use the certificate /nowhere/cert.pem: ", errors);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task Help_names_every_setting_with_its_default()
    {
        (int code, string output, _) = await RunAsync(["--help"]);

        foreach (string setting in new ServeSettings().All.Select(s => s.Name)) Assert.Contains(setting, output);
        Assert.Contains("16MiB", output);
        Assert.Matches(@"(?m)^Limits.*:\s+--request-line-bytes <size> +Longest request line \[default: 8KiB\]\s*$", output);
        Assert.Contains("127.0.0.1", output);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Help_of_connect_names_its_settings_and_exit_codes_and_none_of_the_servers()
    {
        (int code, string output, _) = await RunAsync(["connect", "--help"]);

        foreach (string setting in new ConnectSettings().All.Select(s => s.Name)) Assert.Contains(setting, output);
        Assert.Contains("[default: 1s]", output);
        Assert.Contains("7  the server broke a rule of the protocol", output);
        Assert.DoesNotContain("--port", output);
        Assert.DoesNotContain("Limits", output);
        Assert.Equal(0, code);
    }
}
