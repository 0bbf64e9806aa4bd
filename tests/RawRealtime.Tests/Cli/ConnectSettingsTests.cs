using System.CommandLine;
using RawRealtime.Cli;
using RawRealtime.Client;

namespace RawRealtime.Tests.Cli;

public sealed class ConnectSettingsTests
{
    static ConnectOptions Read(params string[] line)
    {
        ConnectSettings settings = new();
        Command command = new("connect");
        command.Add((Argument<string?>)settings.Server);
        foreach (Option setting in settings.All) command.Add(setting);
        ParseResult parsed = command.Parse(line);
        return parsed.Errors is [var error, ..] ? throw new BadSettingException(error.Message) : settings.Read(parsed);
    }

    [Fact]
    public void Defaults_are_those_of_the_help()
    {
        ConnectOptions options = Read("ws://h/");
        Assert.Equal((false, false, TimeSpan.FromSeconds(1)), (options.IsBinary, options.IsJson, options.Wait));
        Assert.Equal((25, 64 << 20), (options.Opening.Connection.KeepAliveSeconds, options.Opening.Connection.Limits.MaxMessageBytes));
        Assert.Empty(options.Opening.Fields);
        Assert.True(options.Opening.Connection.Compression is { ServerContextTakeover: true, ClientContextTakeover: true });
        Assert.Null(options.Opening.Tls);
    }

    [Fact]
    public void Everything_can_be_set_and_repeated()
    {
        ConnectOptions options = Read("ws://h/", "--binary", "--ping", "5", "--subprotocol", "a", "--subprotocol", "b", "--header", "X-A: 1: 2", "--header", "X-B:3", "--origin", "https://o.example", "--wait", "-1", "--no-compression");
        Assert.Null(options.Opening.Connection.Compression);
        Assert.Equal((true, null, 5), (options.IsBinary, options.Wait, options.Opening.Connection.KeepAliveSeconds));
        Assert.Equal(["a", "b"], options.Opening.Subprotocols);
        Assert.Equal([new("X-A", "1: 2"), new("X-B", "3"), new("Origin", "https://o.example")], options.Opening.Fields);
    }

    [Fact]
    public void Insecure_takes_any_certificate() =>
        Assert.NotNull(Read("wss://h/", "--insecure").Opening.Tls!.RemoteCertificateValidationCallback);

    [Theory]
    [InlineData("", "connect needs an address such as ws://127.0.0.1:5000/ws.")]
    [InlineData("ws://h/ --ping 0", "'0' is out of range for --ping: 1 to 86400.")]
    [InlineData("ws://h/ --subprotocol a,b", "'a,b' is no name of a subprotocol (RFC 6455 §4.1 item 10).")]
    [InlineData("ws://h/ --header X", "'X' is no field such as \"Authorization: Bearer x\".")]
    [InlineData("ws://h/ --header host:x", "host is the handshake's own field.")]
    [InlineData("ws://h/ --header Sec-WebSocket-Protocol:x", "Sec-WebSocket-Protocol: offer it with --subprotocol.")]
    [InlineData("ws://h/ --binary --json", "--binary and --json: what comes is written as it is, or in JSON. Leave one away.")]
    [InlineData("ws://h/ --insecure", "--insecure is for wss addresses.")]
    [InlineData("wss://h/ --insecure --cacert x", "--cacert and --insecure: any certificate, or those that the file vouches for. Leave one away.")]
    [InlineData("ws://h/ --wait later", "'later' is not a time such as 2s or 500ms, or -1.")]
    public void What_makes_no_sense_is_told(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Message);

    [Fact]
    public void A_field_is_one_line() =>
        Assert.Equal("'X': a field's value is one line.", Assert.Throws<BadSettingException>(() => Read("ws://h/", "--header", "X: a\nb")).Message);

    [Fact]
    public void A_file_without_certificates_is_of_no_use()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.EndsWith("holds no certificate in PEM.", Assert.Throws<BadSettingException>(() => Read("wss://h/", "--cacert", file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
        Assert.StartsWith("--cacert: ", Assert.Throws<BadSettingException>(() => Read("wss://h/", "--cacert", file)).Message, StringComparison.Ordinal);
    }
}
