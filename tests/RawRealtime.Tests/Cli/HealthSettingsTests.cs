using System.CommandLine;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class HealthSettingsTests
{
    static HealthTarget Read(string line)
    {
        (HealthSettings settings, ServeSettings serving) = (new(), new());
        Command command = new("health") { settings.Server };
        foreach (Option setting in serving.All) command.Add(setting);
        ParseResult parsed = command.Parse(line);
        return parsed.Errors is [var error, ..] ? throw new BadSettingException(error.Message) : settings.Read(parsed, serving);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:5000", "/healthz")]
    [InlineData("--port 8080", "http://127.0.0.1:8080", "/healthz")]
    [InlineData("--host 127.0.0.2 --port 80", "http://127.0.0.2:80", "/healthz")]
    [InlineData("--host ::1", "http://[::1]:5000", "/healthz")]
    [InlineData("--host 0.0.0.0", "http://127.0.0.1:5000", "/healthz")]
    [InlineData("--host *", "http://127.0.0.1:5000", "/healthz")]
    [InlineData("--listen *:81 --listen unix:/run/x", "http://127.0.0.1:81", "/healthz")]
    [InlineData("--listen unix:/run/x", "unix:/run/x", "/healthz")]
    [InlineData("--tls-pfx both.pfx", "https://127.0.0.1:5000", "/healthz")]
    [InlineData("https://example.org", "https://example.org", "/healthz")]
    [InlineData("http://h:1/live/", "http://h:1/live/", "/live/healthz")]
    [InlineData("http://h:1 --port 2", "http://h:1", "/healthz")]
    public void Who_is_named_is_asked_else_the_first_place_that_the_settings_describe(string line, string name, string path)
    {
        HealthTarget target = Read(line);
        Assert.Equal((name, path), (target.Name, target.Path));
        Assert.Equal(name.StartsWith("https", StringComparison.Ordinal), target.Origin.IsSecure);
    }

    [Fact]
    public void A_socket_file_is_dialled_and_the_host_is_one_that_every_server_answers_to()
    {
        HealthTarget target = Read("--listen unix:/run/x");
        Assert.Equal(("/run/x", "localhost"), (target.Origin.Address.ToString(), target.Origin.Authority));
    }

    [Theory]
    [InlineData("ftp://h", "server: 'ftp://h' is no address such as http://127.0.0.1:5000 or https://example.org.")]
    [InlineData("h:1", "server: 'h:1' is no address such as http://127.0.0.1:5000 or https://example.org. Did you mean 'http://h:1'?")]
    [InlineData("--port 0", "port 0 is a free port that only the server knows: name its address.")]
    [InlineData("--port x", "Cannot parse argument 'x' for option '--port' as expected type 'System.Int32'.")]
    public void What_makes_no_sense_is_told(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(line)).Message);
}
