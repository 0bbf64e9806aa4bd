using System.CommandLine;
using System.Net.Security;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

/// <summary>What <c>connect</c> makes of them is in <see cref="ConnectSettingsTests"/>.</summary>
public sealed class TrustSettingsTests
{
    static SslClientAuthenticationOptions? Read(string uri, params string[] line)
    {
        TrustSettings settings = new("https");
        Command command = new("x");
        foreach (Option setting in settings.All) command.Add(setting);
        return settings.Read(command.Parse(line), new(uri));
    }

    [Fact]
    public void Without_any_the_system_says_whom_to_trust() => Assert.Null(Read("https://h/"));

    [Fact]
    public void Insecure_takes_any() => Assert.NotNull(Read("https://h/", "--insecure")!.RemoteCertificateValidationCallback);

    [Theory]
    [InlineData("http://h/", "--insecure", "--insecure is for https addresses.")]
    [InlineData("http://h/", "--cacert x", "--cacert is for https addresses.")]
    [InlineData("https://h/", "--cacert x --insecure", "--cacert and --insecure: any certificate, or those that the file vouches for. Leave one away.")]
    public void What_makes_no_sense_is_told(string uri, string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<BadSettingException>(() => Read(uri, line.Split(' '))).Message);
}
