using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class SettingSourcesTests : IDisposable
{
    readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    static string[] Complete(string line, Dictionary<string, string>? environment = null, string? file = null) =>
        SettingSources.Complete(line.Length == 0 ? [] : line.Split(' '), new ServeSettings().All, environment ?? [], file);

    string Json(string text)
    {
        File.WriteAllText(file, text);
        return file;
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        Dictionary<string, string> environment = new() { ["RAWREALTIME_PORT"] = "2", ["RAWREALTIME_DRAIN_SECONDS"] = "20" };
        string json = Json("""{ "port": 3, "drain-seconds": 30, "history-messages": 300, }""");

        Assert.Equal(["--port", "1", "--drain-seconds", "20", "--history-messages", "300"], Complete("--port 1", environment, json));
    }

    [Fact]
    public void A_setting_typed_with_an_equals_sign_counts_as_typed() =>
        Assert.Equal(["--port=1"], Complete("--port=1", new() { ["RAWREALTIME_PORT"] = "2" }));

    [Fact]
    public void Repeatable_settings_are_lists_in_the_file_and_have_commas_in_the_environment()
    {
        Assert.Equal(["--allow-host", "a", "--allow-host", "b"], Complete("", new() { ["RAWREALTIME_ALLOW_HOST"] = "a, b" }));
        Assert.Equal(["--allow-host", "a", "--allow-host", "b"], Complete("", null, Json("""{ "allow-host": ["a", "b"] }""")));
    }

    [Fact]
    public void Switches_are_true_or_false_in_the_file() => Assert.Equal(["--verbose", "true"], Complete("", null, Json("""{ "verbose": true }""")));

    [Fact]
    public void Variables_of_other_programs_are_left_alone() => Assert.Equal([], Complete("", new() { ["PORT"] = "2", ["RAW"] = "x" }));

    [Theory]
    [InlineData("""{ "prot": 1 }""", "'prot' is no setting of rawrealtime. Did you mean 'port'?")]
    [InlineData("""{ "port": null }""", "'port': expected a text, a number, true or false, or a list of these.")]
    [InlineData("""{ "port": "many" }""", "'port': Cannot parse argument 'many'")]
    [InlineData("""[1]""", "expected one JSON object such as { \"port\": 5001 }.")]
    [InlineData("""{ "port" """, "not JSON: ")]
    public void A_bad_file_says_where_and_what(string json, string expected)
    {
        BadSettingException bad = Assert.Throws<BadSettingException>(() => Complete("", null, Json(json)));

        Assert.StartsWith(file, bad.Message);
        Assert.Contains(expected, bad.Message);
    }

    [Fact]
    public void A_missing_file_says_so() =>
        Assert.Contains("/nowhere.json", Assert.Throws<BadSettingException>(() => Complete("", null, "/nowhere.json")).Message);

    [Fact]
    public void An_unknown_variable_of_ours_suggests_the_nearest() =>
        Assert.Contains("Did you mean 'RAWREALTIME_PORT'?", Assert.Throws<BadSettingException>(() => Complete("", new() { ["RAWREALTIME_PROT"] = "1" })).Message);
}
