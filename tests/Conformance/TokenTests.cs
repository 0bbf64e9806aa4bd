namespace Conformance;

/// <summary>Tokens that others made, judged by the exe. docs/tokens.md.</summary>
public sealed class TokenTests : IDisposable
{
    const string Secret = "0123456789abcdef0123456789abcdef", Payload = """{"sub":"grüße","rawrealtime":{"publish":["news.*"],"subscribe":["*"]}}""";

    readonly string folder = Directory.CreateTempSubdirectory("rawrealtime-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public async Task Made_by_Node_and_by_Python_with_the_same_secret_they_are_the_same_and_good()
    {
        string byNode = await MadeBy(Tools.PlainNode, "token.mjs", Secret, Payload), byPython = await MadeBy(Tools.Python, "hmac-token.py", Secret, Payload);
        Assert.Equal(byNode, byPython);
        string forged = await MadeBy(Tools.Python, "hmac-token.py", Secret + "x", Payload);
        await using Exe exe = await Exe.StartWithAsync(["--port", "0"], ("RAWREALTIME_TOKEN_KEY", Secret));

        Assert.Equal("401", await Curl.StatusAsync("-d", "m", $"{exe.Http}/publish?channel=news.a"));
        Assert.Equal("401", await Curl.StatusAsync("-H", $"Authorization: Bearer {forged}", "-d", "m", $"{exe.Http}/publish?channel=news.a"));
        Assert.Equal("202", await Curl.StatusAsync("-H", $"Authorization: Bearer {byNode}", "-d", "m", $"{exe.Http}/publish?channel=news.a"));
        Assert.Equal("403", await Curl.StatusAsync("-H", $"Authorization: Bearer {byNode}", "-d", "m", $"{exe.Http}/publish?channel=sport"));
        Assert.Equal("200", await Curl.StatusAsync("-b", $"rawrealtime_token={byPython}", $"{exe.Http}/poll?channel=news.a&cursor=earliest"));
    }

    [SkippableTheory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Signed_by_Node_with_a_key_pair_they_are_good_where_the_public_key_is(string algorithm)
    {
        string jwks = Path.Combine(folder, "keys.json"), others = Path.Combine(folder, "others.json");
        string token = await MadeBy(Tools.PlainNode, "token-pair.mjs", algorithm, "k1", Payload, jwks);
        string other = await MadeBy(Tools.PlainNode, "token-pair.mjs", algorithm, "k1", Payload, others);
        await using Exe exe = await Exe.StartAsync("--jwks", jwks);

        Assert.Equal("204", await Curl.StatusAsync($"{exe.Http}/poll?wait=0&token={token}"));
        Assert.Equal("401", await Curl.StatusAsync($"{exe.Http}/poll?wait=0&token={other}"));
    }

    [SkippableFact]
    public async Task The_exe_makes_what_it_takes_and_says_what_it_is()
    {
        string key = (await Exe.RunAsync(["token", "key"])).Output.Trim(), file = Path.Combine(folder, "key");
        await File.WriteAllTextAsync(file, key + "\n");
        string token = (await Exe.RunAsync(["token", "make", "--token-key-file", file, "--publish", "default", "--expires", "5m"])).Output.Trim();
        await using Exe exe = await Exe.StartAsync("--token-key-file", file);

        Assert.Equal("202", await Curl.StatusAsync("-H", $"Authorization: Bearer {token}", "-d", "m", $"{exe.Http}/publish"));
        Assert.Equal("403", await Curl.StatusAsync("-H", $"Authorization: Bearer {token}", $"{exe.Http}/poll"));
        Ended good = await Exe.RunAsync(["token", "check", token, "--token-key-file", file]), bad = await Exe.RunAsync(["token", "check", token, "--token-key", Secret]);
        Assert.Equal(0, good.ExitCode);
        Assert.Contains("It may publish to default.", good.Output, StringComparison.Ordinal);
        Assert.Equal(1, bad.ExitCode);
        Assert.StartsWith("Refused, token-signature: ", bad.Output, StringComparison.Ordinal);
    }

    static async Task<string> MadeBy(string program, string script, params string[] arguments)
    {
        Ended ended = await Child.RunAsync(program, [Path.Combine(Tools.Clients, script), .. arguments]);
        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        return ended.Output.Trim();
    }
}
