using RawRealtime.Cli;
using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Cli;

/// <summary>docs/tokens.md: how a server is told which tokens are good.</summary>
public sealed class AccessSettingsTests : IDisposable
{
    readonly JwkFile secret = JwkFile.Holding(Tokens.Secret + "\r\n"), set = new(Tokens.RsaJwk()), useless = new("""{"kty":"oct","k":"AAAA"}""");

    public void Dispose()
    {
        secret.Dispose();
        set.Dispose();
        useless.Dispose();
    }

    static AccessSettings Settings(string[] line, out System.CommandLine.ParseResult parsed)
    {
        AccessSettings settings = new();
        System.CommandLine.RootCommand root = new();
        foreach (System.CommandLine.Option option in settings.All) root.Add(option);
        parsed = root.Parse(line);
        Assert.Empty(parsed.Errors);
        return settings;
    }

    static RawRealtime.Access.TokenRules? Read(params string[] line) => Settings(line, out System.CommandLine.ParseResult parsed).Read(parsed);

    [Fact]
    public void Without_a_key_none_are_asked_for() => Assert.Null(Read());

    [Fact]
    public void Each_way_to_name_a_key_serves()
    {
        foreach (string[] line in new[] { ["--token-key", Tokens.Secret], ["--token-key-file", secret.Path], new[] { "--jwks", set.Path } })
        {
            using ServerRig rig = new(new() { Tokens = Read(line) });
            string token = line[0] == "--jwks" ? Tokens.Rs256(Tokens.Everything) : Tokens.Hs256(Tokens.Everything);
            Assert.Equal("204", ServerRig.Outcome(rig.Get("/poll?wait=0", Tokens.Bearer(token))));
        }
    }

    [Fact]
    public void Issuer_and_audience_arrive()
    {
        RawRealtime.Access.TokenRules rules = Read("--token-key", Tokens.Secret, "--token-issuer", "me", "--token-audience", "here")!;
        Assert.Equal(("me", "here"), (rules.Issuer, rules.Audience));
    }

    [Fact]
    public void What_makes_no_sense_is_one_clear_line()
    {
        (string[] Line, string Message)[] rows =
        [
            (["--token-key", "short"], "--token-key has 5 bytes, and a secret for HS256 has at least 32: make one with rawrealtime token key."),
            (["--token-key-file", "/nowhere/key"], "cannot read the secret: "),
            (["--token-key", Tokens.Secret, "--token-key-file", secret.Path], "--token-key and --token-key-file name a secret each: leave one out."),
            (["--jwks", "/nowhere/keys.json"], "cannot read the keys: "),
            (["--jwks", useless.Path], $"{useless.Path} has no key of use: key 1 is left aside: its kty is neither RSA nor EC."),
            (["--jwks", secret.Path], $"{secret.Path} is no JWK set such as "),
            (["--token-issuer", "me"], "--token-issuer and --token-audience judge tokens, and none are asked for: "),
        ];
        foreach ((string[] line, string message) in rows) Assert.StartsWith(message, Assert.Throws<BadSettingException>(() => Read(line)).Message);
    }

    [Fact]
    public async Task A_key_of_no_use_ends_the_start_with_exit_code_2_and_is_not_repeated()
    {
        StringWriter output = new(), errors = new();
        Dictionary<string, string> environment = new() { ["RAWREALTIME_TOKEN_KEY"] = "too-short" };
        Assert.Equal(2, await CommandLine.RunAsync(["--port", "0"], environment, output, errors));
        Assert.Equal("rawrealtime: --token-key has 9 bytes, and a secret for HS256 has at least 32: make one with rawrealtime token key.", errors.ToString().Trim());
    }
}
