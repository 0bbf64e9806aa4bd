using System.Diagnostics;
using System.Text.RegularExpressions;
using RawRealtime.Cli;

namespace House;

/// <summary>What <c>deploy/</c> names exists: files, commands, settings. Nobody builds an image in these tests; what can be read is judged.</summary>
public sealed partial class DeployTests
{
    const string Dockerfile = "deploy/Dockerfile", Unit = "deploy/rawrealtime.service", DropIn = "deploy/rawrealtime.unix-socket.conf";

    static readonly string[] Flags = [.. new ServeSettings().All.Select(setting => setting.Name), SettingSources.FileFlag];

    static readonly string[] Instructions = [.. Continued().Replace(Comments().Replace(Repository.Read(Dockerfile), ""), " ").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public static TheoryData<string> Units => [Unit, DropIn];

    [Fact]
    public void The_image_copies_what_exists_and_publishes_a_project()
    {
        IEnumerable<string> copied = Of("COPY").Where(words => !words[0].StartsWith("--from", StringComparison.Ordinal)).SelectMany(words => words[..^1]);
        Assert.NotEmpty(copied);
        Repository.None(copied.Where(path => !Path.Exists(Repository.PathOf(path))));
        Assert.Contains($"dotnet publish {ProjectOfTheExe} ", Repository.Read(Dockerfile), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Repository.PathOf(ProjectOfTheExe)));
    }

    /// <summary>Without a shell only the exec form of an instruction can run.</summary>
    [Fact]
    public async Task The_image_holds_the_exe_alone_and_it_is_its_own_health_check()
    {
        Assert.Equal(2, Of("FROM").Count());
        Assert.Contains("chiseled", Of("FROM").Last()[0], StringComparison.Ordinal);
        string exe = Of("COPY").Last(words => words.Contains("/out/rawrealtime"))[^1];
        Assert.Equal([$"[\"{exe}\"]"], Of("ENTRYPOINT").Single());
        Assert.Equal(["CMD", $"[\"{exe}\",", "\"health\"]"], Of("HEALTHCHECK").Single()[^3..]);
        Assert.Equal(0, await HelpAsync("health"));
        Assert.Equal(2, await HelpAsync("helth"));
    }

    [Fact]
    public void The_image_runs_as_a_user_by_number_that_owns_its_folder()
    {
        string user = Of("USER").Last().Single();
        Assert.Matches("^[1-9][0-9]*$", user);
        Assert.Contains(Of("COPY"), words => words.Contains($"--chown={user}:{user}") && words[^1] == "/data");
    }

    [Fact]
    public void The_image_sets_what_the_server_knows()
    {
        IEnumerable<string> variables = Of("ENV").SelectMany(words => words).Select(word => word.Split('=')[0]);
        Assert.NotEmpty(variables);
        Repository.None(variables.Where(variable => !Flags.Contains("--" + variable["RAWREALTIME_".Length..].Replace('_', '-').ToLowerInvariant())));
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Units_start_the_exe_with_settings_that_it_knows(string unit)
    {
        string line = ExecStart().Matches(Repository.Read(unit)).Last().Groups[1].Value;
        Assert.StartsWith("/usr/local/bin/rawrealtime ", line, StringComparison.Ordinal);
        IEnumerable<string> flags = line.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal));
        Assert.NotEmpty(flags);
        Repository.None(flags.Except(Flags));
    }

    [Theory]
    [InlineData("ProtectSystem=strict")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("DynamicUser=yes")]
    [InlineData("StateDirectory=rawrealtime")]
    [InlineData("CapabilityBoundingSet=")]
    [InlineData("MemoryDenyWriteExecute=yes")]
    [InlineData("SystemCallFilter=@system-service")]
    [InlineData("RestartPreventExitStatus=2")]
    public void The_unit_keeps_its_sandbox(string line) => Assert.Contains(line, Repository.Read(Unit).Split('\n'));

    [Fact]
    public void The_drain_ends_before_it_is_cut_short()
    {
        TimeSpan drain = new RawRealtime.Server.ServerOptions().DrainTime;
        Assert.True(int.Parse(Regex.Match(Repository.Read(Unit), @"(?m)^TimeoutStopSec=(\d+)s$").Groups[1].Value) > drain.TotalSeconds);
        const int DockerWaits = 10;
        Assert.True(int.Parse(Regex.Match(Repository.Read(Dockerfile), @"RAWREALTIME_DRAIN_SECONDS=(\d+)").Groups[1].Value) < DockerWaits);
    }

    /// <summary>systemd's own judgement, and below 2.0 of 10 in its measure of exposure.</summary>
    [SkippableFact]
    public async Task Systemd_takes_the_unit_and_finds_it_well_closed()
    {
        Skip.IfNot(Path.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not here");
        string folder = Directory.CreateTempSubdirectory("units").FullName, copy = Path.Combine(folder, "rawrealtime.service");
        string dropIns = Directory.CreateDirectory(copy + ".d").FullName;
        // The exe that the unit names is not installed here: another one stands for it.
        await File.WriteAllTextAsync(copy, Repository.Read(Unit).Replace("/usr/local/bin/rawrealtime", "/bin/true", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(dropIns, "unix-socket.conf"), Repository.Read(DropIn).Replace("/usr/local/bin/rawrealtime", "/bin/true", StringComparison.Ordinal));
        Assert.Equal((0, ""), await AnalyzeAsync("verify", "--man=no", copy));
        Assert.Equal(0, (await AnalyzeAsync("security", "--offline=true", "--threshold=20", "--no-pager", copy)).Code);
        await File.AppendAllTextAsync(copy, "\nNoSuchSetting=1\n");
        Assert.Contains("NoSuchSetting", (await AnalyzeAsync("verify", "--man=no", copy)).Said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    static string ProjectOfTheExe => "src/RawRealtime";

    static IEnumerable<string[]> Of(string instruction) =>
        Instructions.Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);

    static async Task<int> HelpAsync(string command)
    {
        StringWriter said = new();
        return await CommandLine.RunAsync([command, "--help"], new Dictionary<string, string>(), said, said);
    }

    static async Task<(int Code, string Said)> AnalyzeAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await errors);
    }

    [GeneratedRegex(@"^#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"^ExecStart=(.+)$", RegexOptions.Multiline)]
    private static partial Regex ExecStart();
}
