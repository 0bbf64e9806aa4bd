using Xunit.Abstractions;

namespace Conformance.Hops;

/// <summary>
/// The exe, many writers, and many clients that hop between the transports with their cursor, are cut wherever it happens to be, and at times
/// read nothing: each sees every message of its channels once and in order, or is told of the gap where it is. For a long run:
/// <c>HOP_MESSAGES=200000 HOP_CLIENTS=200 dotnet test tests/Conformance -c Release --filter FullyQualifiedName~HopTests</c>.
/// </summary>
public sealed class HopTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task While_all_is_kept_clients_that_hop_and_are_cut_miss_and_repeat_nothing()
    {
        Tools.RequireUnix();
        await using HopRun run = await HopRun.StartAsync(new(MayLose: false));
        output.WriteLine(await run.RunAsync());

        Assert.Equal(0, run.Gaps);
        await EndsInOrderAsync(run);
    }

    [SkippableFact]
    public async Task While_little_is_kept_they_are_told_of_each_gap_where_it_is()
    {
        Tools.RequireUnix();
        await using HopRun run = await HopRun.StartAsync(new(MayLose: true));
        output.WriteLine(await run.RunAsync());

        Assert.True(run.Gaps > run.Settings.Clients, $"{run.Gaps} gaps: too few to say anything");
        await EndsInOrderAsync(run);
    }

    [SkippableTheory]
    [InlineData("every")]
    [InlineData("interval")]
    [InlineData("never")]
    public async Task A_server_with_a_journal_that_is_killed_again_and_again_loses_and_repeats_nothing_it_acknowledged(string fsync)
    {
        Tools.RequireUnix();
        Ended help = await Exe.RunAsync(["--help"]);
        Skip.IfNot(help.Output.Contains("--data ", StringComparison.Ordinal), "this server keeps nothing on disk: its --help names no --data");
        DirectoryInfo data = Directory.CreateTempSubdirectory("hops-");
        try
        {
            HopSettings settings = new(MayLose: false, "--data", data.FullName, "--data-fsync", fsync) { Kills = HopSettings.Read("HOP_KILLS", 4) };
            await using HopRun run = await HopRun.StartAsync(settings with { Messages = settings.Messages / 2 });
            output.WriteLine(await run.RunAsync());

            Assert.Equal(0, run.Gaps);
            await EndsInOrderAsync(run);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // A bug that was caught and logged is one all the same.
    static async Task EndsInOrderAsync(HopRun run)
    {
        run.Server.Exe.Process.Signal(Child.Terminate);
        Ended ended = await run.Server.Exe.Process.EndAsync();
        Assert.Equal(0, ended.ExitCode);
        Assert.DoesNotContain("Exception", ended.Output + ended.Errors, StringComparison.Ordinal);
    }
}
