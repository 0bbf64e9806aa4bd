using System.Text.Json;
using RawRealtime.Cli;
using RawRealtime.Tests.Access;

namespace RawRealtime.Tests.Cli;

/// <summary>docs/tokens.md: <c>rawrealtime token</c>.</summary>
public sealed class TokenSettingsTests
{
    static readonly Dictionary<string, string> Key = new() { ["RAWREALTIME_TOKEN_KEY"] = Tokens.Secret, ["RAWREALTIME_PORT"] = "7" };

    static async Task<(int Code, string Output, string Errors)> RunAsync(Dictionary<string, string> environment, params string[] args)
    {
        StringWriter output = new(), errors = new();
        int code = await CommandLine.RunAsync(args, environment, output, errors);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }

    [Fact]
    public async Task What_it_makes_it_finds_good()
    {
        (int made, string token, _) = await RunAsync(Key, "token", "make", "--subject", "alice", "--publish", "news.*", "--subscribe", "*", "--subscribe", "presence:*", "--expires", "1h");
        Assert.Equal(0, made);
        Assert.Matches(@"^[\w-]+\.[\w-]+\.[\w-]+$", token);

        (int code, string told, _) = await RunAsync(Key, "token", "check", token);
        Assert.Equal(0, code);
        Assert.Matches("^A good token of alice\\.\nIt may publish to news\\.\\*\\.\nIt may subscribe to \\*, presence:\\*\\.\nIt may delete nothing\\.\nIt counts until 2[-0-9]+ [:0-9]+ UTC, .+ from now\\.$", told.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_token_without_an_end_counts_for_ever_and_may_be_of_nobody()
    {
        (_, string token, _) = await RunAsync(Key, "token", "make", "--delete", "a");
        (_, string told, _) = await RunAsync(Key, "token", "check", token);
        Assert.Equal("A good token of nobody by name.\nIt may publish to nothing.\nIt may subscribe to nothing.\nIt may delete a.\nIt counts for ever.", told.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Both_speak_JSON()
    {
        (_, string made, _) = await RunAsync(Key, "token", "make", "--subject", "alice", "--publish", "a", "--expires", "1h", "--json");
        using JsonDocument making = JsonDocument.Parse(made);
        string token = making.RootElement.GetProperty("token").GetString()!;
        Assert.Matches("^2[-0-9]+T[:0-9]+Z$", making.RootElement.GetProperty("expires").GetString()!);

        (_, string good, _) = await RunAsync(Key, "token", "check", token, "--json");
        Assert.Matches("""^\{"good":true,"subject":"alice","expires":"[-:TZ0-9]+","publish":\["a"\],"subscribe":\[\],"delete":\[\]\}$""", good);
        (int code, string bad, _) = await RunAsync(Key, "token", "check", token + "A", "--json");
        Assert.Equal(1, code);
        Assert.StartsWith("""{"good":false,"code":"token-""", bad);
    }

    [Theory]
    [InlineData("token-signature")]
    [InlineData("token-issuer", "--token-issuer", "me")]
    [InlineData("token-audience", "--token-audience", "here")]
    public async Task A_bad_token_is_told_by_its_rule_and_exit_code_1(string rule, params string[] more)
    {
        string token = rule == "token-signature" ? Tokens.Hs256(Tokens.Everything, secret: new string('x', 32)) : Tokens.Hs256(Tokens.Everything);
        (int code, string told, _) = await RunAsync(Key, ["token", "check", token, .. more]);
        Assert.Equal(1, code);
        Assert.StartsWith($"Refused, {rule}: The ", told);
    }

    [Fact]
    public async Task A_key_is_fresh_and_good_for_the_server()
    {
        (int code, string key, _) = await RunAsync([], "token", "key");
        (_, string other, _) = await RunAsync([], "token", "key");
        Assert.Equal(0, code);
        Assert.Matches("^[0-9a-f]{64}$", key);
        Assert.NotEqual(key, other);
        (int made, _, _) = await RunAsync(new() { ["RAWREALTIME_TOKEN_KEY"] = key }, "token", "make");
        Assert.Equal(0, made);
    }

    [Fact]
    public async Task A_set_of_public_keys_checks_and_makes_nothing()
    {
        using JwkFile set = new(Tokens.EcJwk());
        (int code, string told, _) = await RunAsync([], "token", "check", Tokens.Es256(Tokens.Everything), "--jwks", set.Path);
        Assert.Equal(0, code);
        Assert.StartsWith("A good token of nobody by name.", told);
        (int refused, _, string errors) = await RunAsync([], "token", "make", "--jwks", set.Path);
        Assert.Equal((2, "rawrealtime: '--jwks' is neither a command nor a setting. See rawrealtime token make --help."), (refused, errors));
    }

    [Theory]
    [InlineData("token make", "rawrealtime: a token is signed with a secret: --token-key-file or RAWREALTIME_TOKEN_KEY. Make one with rawrealtime token key.")]
    [InlineData("token check x", "rawrealtime: a token is checked with a key: --token-key-file, RAWREALTIME_TOKEN_KEY or --jwks.")]
    [InlineData("token make --token-key short", "rawrealtime: --token-key has 5 bytes, and a secret for HS256 has at least 32: make one with rawrealtime token key.")]
    [InlineData("token make --publish a*b", "rawrealtime: 'a*b' is neither a channel nor a pattern such as news.*: 1 to 128 of A-Z a-z 0-9 . _ : ~ - and perhaps a star at the end.")]
    [InlineData("token make --expires soon", "rawrealtime: 'soon' is not a time such as 90s or 1h.")]
    public async Task What_makes_no_sense_is_one_clear_line_and_exit_code_2(string line, string expected)
    {
        (int code, string output, string errors) = await RunAsync([], line.Split(' '));
        Assert.Equal((2, "", expected), (code, output, errors));
    }

    [Fact]
    public async Task One_that_no_server_would_take_is_not_made()
    {
        IEnumerable<string> many = Enumerable.Range(0, 100).SelectMany(number => new[] { "--publish", $"{number}" + new string('c', 60) });
        (int code, _, string errors) = await RunAsync(Key, ["token", "make", .. many]);
        Assert.Equal(2, code);
        Assert.Contains("4096 are the most that is taken", errors);
    }
}
