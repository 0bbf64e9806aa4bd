using System.Diagnostics;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

/// <summary>docs/contract.md, Draining: the process, its signals and its exit code.</summary>
public sealed class ServeCommandTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_drains_it_and_the_exit_code_is_0(string signal)
    {
        if (OperatingSystem.IsWindows()) return; // there is no kill
        ProcessStartInfo start = new("dotnet", [typeof(ServeCommand).Assembly.Location, "--port", "0", "--drain-seconds", "7"]) { RedirectStandardOutput = true };
        using Process server = Process.Start(start)!;
        string all = "";
        while (!all.Contains("Ctrl+C", StringComparison.Ordinal)) all += await server.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new EndOfStreamException(all);
        using Process kill = Process.Start("kill", [$"-{signal}", $"{server.Id}"]);
        Assert.Equal("Draining: clients have 7 s to leave.", (await server.StandardOutput.ReadToEndAsync().WaitAsync(Patience)).Trim());
        await server.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, server.ExitCode);
    }

    [Fact]
    public async Task A_foreign_address_is_one_clear_line_and_exit_code_2()
    {
        StringWriter output = new(), errors = new();
        Assert.Equal(2, await ServeCommand.RunAsync(new() { Address = System.Net.IPAddress.Parse("192.0.2.1"), Port = 0 }, output, errors));
        Assert.Equal("rawrealtime: cannot listen on 192.0.2.1 port 0: 192.0.2.1 is no address of this machine. Choose one with --host.", errors.ToString().Trim());
        Assert.Equal("", output.ToString());
    }
}
