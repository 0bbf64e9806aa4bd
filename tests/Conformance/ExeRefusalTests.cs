namespace Conformance;

/// <summary>Started wrongly, the exe says in one line what is wrong, and ends with 2.</summary>
public sealed class ExeRefusalTests
{
    [SkippableTheory]
    [InlineData("out of range", "--port", "70000")]
    [InlineData("abc", "--port", "abc")]
    [InlineData("a size such as 16MiB", "--history-bytes", "many")]
    [InlineData("a time such as", "--history-age", "soon")]
    [InlineData("IP address", "--host", "nowhere.example")]
    [InlineData("no origin such as", "--allow-origin", "example.org/path")]
    [InlineData("Did you mean '--port'?", "--prot", "5000")]
    [InlineData("neither a command nor a setting", "--no-such-thing")]
    [InlineData("neither a command nor a setting", "strve")]
    [InlineData("--tls-cert", "--tls-key", "key.pem")]
    [InlineData("no place to listen at", "--listen", "5000")]
    [InlineData("no network such as", "--proxy-protocol-from", "proxy.example")]
    [InlineData("no mode such as 660", "--listen-mode", "rw-rw----")]
    [InlineData("/nowhere/cert.pem", "--tls-cert", "/nowhere/cert.pem")]
    [InlineData("/nowhere/config.json", "--config", "/nowhere/config.json")]
    public async Task A_bad_setting_is_one_line_and_exit_code_2(string says, params string[] arguments) => AssertRefused(says, await Exe.RunAsync(arguments));

    [SkippableTheory]
    [InlineData("RAWREALTIME_PROT", "5000", "Did you mean 'RAWREALTIME_PORT'?")]
    [InlineData("RAWREALTIME_PORT", "abc", "RAWREALTIME_PORT")]
    public async Task A_bad_variable_is_one_line_and_exit_code_2(string name, string value, string says) => AssertRefused(says, await Exe.RunAsync([], (name, value)));

    [SkippableTheory]
    [InlineData("{ \"prot\": 5000 }", "Did you mean 'port'?")]
    [InlineData("{ \"port\": \"abc\" }", "'port'")]
    [InlineData("[]", "expected one JSON object")]
    [InlineData("{", "not JSON")]
    public async Task A_bad_file_is_one_line_and_exit_code_2(string content, string says)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content);
            Ended ended = await Exe.RunAsync(["--config", file]);
            AssertRefused(says, ended);
            Assert.Contains(file, ended.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public async Task A_port_in_use_is_one_line_with_the_cure()
    {
        await using RunningServer first = RunningServer.Start();
        Ended ended = await Exe.RunAsync(["--port", $"{first.Port}"]);

        AssertRefused("in use", ended);
        Assert.Contains("--port", ended.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_certificate_without_its_key_or_with_another_ones_is_one_line()
    {
        using PemFiles pem = new(), other = new();

        AssertRefused(pem.Certificate, await Exe.RunAsync(["--port", "0", "--tls-cert", pem.Certificate]));
        AssertRefused(pem.Certificate, await Exe.RunAsync(["--port", "0", "--tls-cert", pem.Certificate, "--tls-key", other.Key]));
        await File.WriteAllTextAsync(pem.Certificate, "no certificate at all");
        AssertRefused(pem.Certificate, await Exe.RunAsync(["--port", "0", "--tls-cert", pem.Certificate]));
    }

    static void AssertRefused(string says, Ended ended)
    {
        Assert.Equal((2, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith("rawrealtime: ", ended.Errors, StringComparison.Ordinal);
        Assert.Contains(says, ended.Errors, StringComparison.Ordinal);
        Assert.Equal(1, ended.Errors.Count(c => c == '\n'));
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }
}
