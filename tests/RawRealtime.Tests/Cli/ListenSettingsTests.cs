using System.CommandLine;
using System.Net;
using RawNet;
using RawRealtime.Cli;
using RawRealtime.Server;

namespace RawRealtime.Tests.Cli;

public sealed class ListenSettingsTests
{
    static (ListenSettings Settings, ParseResult Parsed) Parse(string line, string? password = null)
    {
        ListenSettings settings = new(password);
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        return (settings, root.Parse(line));
    }

    static ServerOptions Read(string line, string? password = null)
    {
        (ListenSettings settings, ParseResult parsed) = Parse(line, password);
        Assert.Empty(parsed.Errors);
        return settings.Read(parsed);
    }

    [Theory]
    // Places named instead of the default; host or port named besides count too.
    [InlineData("", "127.0.0.1:5000")]
    [InlineData("--port 80", "127.0.0.1:80")]
    [InlineData("--host 192.0.2.1", "192.0.2.1:5000")]
    [InlineData("--listen unix:/run/a", "/run/a")]
    [InlineData("--listen unix:/run/a --listen unix:/run/b", "/run/a /run/b")]
    [InlineData("--listen unix:/run/a --port 80", "127.0.0.1:80 /run/a")]
    [InlineData("--listen unix:/run/a --host ::1", "[::1]:5000 /run/a")]
    [InlineData("--listen 192.0.2.1:81 --listen [2001:db8::1]:82", "192.0.2.1:81 [2001:db8::1]:82")]
    [InlineData("--listen localhost:0", "127.0.0.1:0")]
    public void It_listens_where_it_is_told(string line, string places)
    {
        if (OperatingSystem.IsWindows() && line.Contains("unix", StringComparison.Ordinal)) return;
        Assert.Equal(places, string.Join(' ', Read(line).EndPoints));
    }

    [Fact]
    public void A_path_is_taken_from_the_current_folder() => Assert.Equal(Path.GetFullPath("s.sock"), $"{Assert.Single(Read("--listen unix:s.sock").EndPoints)}");

    [Theory]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("LOCALHOST", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void A_host_is_an_address_or_a_word(string given, string expected) => Assert.Equal(IPAddress.Parse(expected), Read($"--host {given}").Address);

    [Theory]
    [InlineData("--host *")]
    [InlineData("--listen *:5000")]
    public void A_star_is_all_addresses(string line) =>
        Assert.Contains(((IPEndPoint)Read(line).EndPoints[0]).Address, new[] { IPAddress.IPv6Any, IPAddress.Any });

    [Theory]
    [InlineData("--port -1")]
    [InlineData("--port 65536")]
    [InlineData("--host nowhere.example")]
    [InlineData("--listen 5000")]
    [InlineData("--listen :5000")]
    [InlineData("--listen 127.0.0.1")]
    [InlineData("--listen 127.0.0.1:")]
    [InlineData("--listen 127.0.0.1:65536")]
    [InlineData("--listen 127.0.0.1:+80")]
    [InlineData("--listen ::1:5000")]
    [InlineData("--listen http://127.0.0.1:5000")]
    [InlineData("--listen nowhere.example:5000")]
    [InlineData("--listen unix:")]
    [InlineData("--listen unix:/run/a-path-that-is-longer-than-any-system-takes-for-a-socket-since-a-hundred-and-eight-bytes-is-the-most-there-is")]
    [InlineData("--listen-mode 999")]
    [InlineData("--proxy-protocol-from 10.0.0.5/8")]
    [InlineData("--proxy-protocol-from proxy.example")]
    [InlineData("--max-connections-per-address 0")]
    [InlineData("--inline-completions maybe")]
    public void What_makes_no_sense_is_refused(string line) => Assert.NotEmpty(Parse(line).Parsed.Errors);

    [Fact]
    public void Certificates_are_in_the_order_of_their_flags()
    {
        TlsFiles tls = Read("--tls-cert a.pem --tls-key a.key --tls-cert b.pem --tls-key b.key --tls-pfx c.pfx --tls-password-file p", "secret").Tls;
        Assert.Equal([new PemFile(Path.GetFullPath("a.pem"), Path.GetFullPath("a.key")), new PemFile(Path.GetFullPath("b.pem"), Path.GetFullPath("b.key"))], tls.Pem);
        Assert.Equal([Path.GetFullPath("c.pfx")], tls.Pfx);
        Assert.Equal((Path.GetFullPath("p"), "secret"), (tls.PasswordFile, tls.Password));
        Assert.Null(Assert.Single(Read("--tls-cert a.pem").Tls.Pem).Key);
        Assert.True(Read("").Tls.IsEmpty);
    }

    [Theory]
    [InlineData("--tls-key k.pem", "--tls-cert")]
    [InlineData("--tls-cert a.pem --tls-cert b.pem --tls-key a.key", "one key for each certificate")]
    [InlineData("--tls-password-file p", "--tls-pfx")]
    public void Settings_that_contradict_each_other_are_refused(string line, string says)
    {
        (ListenSettings settings, ParseResult parsed) = Parse(line);
        Assert.Contains(says, Assert.Throws<BadSettingException>(() => settings.Read(parsed)).Message);
    }

    [Fact]
    public void The_rest_arrives()
    {
        ServerOptions options = Read("--listen-mode 600 --proxy-protocol-from 192.0.2.0/24 --proxy-protocol-from unix --max-connections-per-address 7");
        Assert.Equal((UnixFileMode.UserRead | UnixFileMode.UserWrite, 7), (options.ListenMode, options.MaxConnectionsPerAddress));
        Assert.Equal((true, false), (options.HasInlineCompletions, Read("--inline-completions off").HasInlineCompletions));
        Assert.True(options.ProxyHeaderFrom.Contains(UnixPeer.Instance));
        Assert.True(options.ProxyHeaderFrom.Contains(new IPEndPoint(IPAddress.Parse("192.0.2.9"), 1)));
        Assert.False(options.ProxyHeaderFrom.Contains(new IPEndPoint(IPAddress.Loopback, 1)));
        Assert.False(Read("").ProxyHeaderFrom.Contains(UnixPeer.Instance));
    }
}
