using RawRealtime.Client;
using RawWebSocket;
using Testing;

namespace RawRealtime.Tests.Client;

public sealed class TesteeClientTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    static async Task<(int Code, string Told)> RunAsync(TesteeClientOptions options, Interruption? interruption = null, TimeProvider? time = null)
    {
        using Interruption none = new();
        Recorded progress = new();
        int code = await new TesteeClient(options, progress, time ?? TimeProvider.System).RunAsync(interruption ?? none).WaitAsync(Patience);
        return (code, string.Join(", ", progress.All));
    }

    [Fact]
    public async Task It_asks_for_the_count_echoes_in_each_case_and_lets_the_report_be_written()
    {
        using FuzzingServer server = new("2");
        Assert.Equal((ClientExit.Normal, "1/2, 1 ClosedByPeer, 2/2, 2 ClosedByPeer, done 2 of 2"), await RunAsync(new(server.Address, "A b&c", CaseRange.All)));
        Assert.Equal(
            [
                "/getCaseCount",
                "/runCase?case=1&agent=A%20b%26c", "echo of text of /runCase?case=1&agent=A%20b%26c",
                "/runCase?case=2&agent=A%20b%26c", "echo of text of /runCase?case=2&agent=A%20b%26c",
                "/updateReports?agent=A%20b%26c",
            ],
            server.Asked);
    }

    [Fact]
    public async Task A_range_is_run_alone()
    {
        using FuzzingServer server = new("9");
        Assert.Equal((ClientExit.Normal, "3/4, 3 ClosedByPeer, 4/4, 4 ClosedByPeer, done 2 of 2"), await RunAsync(new(server.Address, "A", new(3, 4))));
        Assert.DoesNotContain(server.Asked, asked => asked.Contains("case=5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(1, 5)]
    [InlineData(5, int.MaxValue)]
    public async Task A_case_that_is_not_there_is_an_error(int first, int last)
    {
        using FuzzingServer server = new("4");
        Assert.Equal((ClientExit.ToldWrongly, "no-such-case 0 of 0"), await RunAsync(new(server.Address, "A", new(first, last))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("many")]
    public async Task A_server_without_a_count_is_no_fuzzing_server(string? count)
    {
        using FuzzingServer server = new(count);
        Assert.Equal((ClientExit.Refused, "no-case-count 0 of 0"), await RunAsync(new(server.Address, "A", CaseRange.All)));
    }

    [Fact]
    public async Task A_case_without_an_end_is_given_up_and_told_and_the_others_run()
    {
        using FuzzingServer server = new("3", silentCase: 2);
        ManualTime time = new();
        Task<(int, string)> run = RunAsync(new(server.Address, "A", CaseRange.All), time: time);
        await AskedAsync(server, "/runCase?case=2");
        time.Advance(5 * 60_000);
        Assert.Equal((ClientExit.Failed, "1/3, 1 ClosedByPeer, 2/3, 2 Aborted, 3/3, 3 ClosedByPeer, unfinished 2 of 3"), await run);
        Assert.Contains(server.Asked, asked => asked.StartsWith("/updateReports", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_listens_that_is_told()
    {
        FuzzingServer gone = new("1");
        Uri address = gone.Address;
        gone.Dispose();
        Assert.Equal((ClientExit.Unreachable, "unreachable 0 of 0"), await RunAsync(new(address, "A", CaseRange.All)));
    }

    [Fact]
    public async Task An_interruption_ends_it_inside_of_a_case()
    {
        using FuzzingServer server = new("3", silentCase: 1);
        using Interruption interruption = new();
        Task<(int, string)> run = RunAsync(new(server.Address, "A", CaseRange.All), interruption);
        await AskedAsync(server, "/runCase?case=1");
        interruption.TrySignal(ClientExit.Interrupted);
        Assert.Equal((ClientExit.Interrupted, "1/3, interrupted 0 of 3"), await run);
    }

    static async Task AskedAsync(FuzzingServer server, string target)
    {
        using CancellationTokenSource late = new(Patience);
        while (!server.Asked.Any(asked => asked.StartsWith(target, StringComparison.Ordinal)))
        {
            await Task.Yield();
            late.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Notes what it is told.</summary>
    sealed class Recorded : ITesteeProgress
    {
        public List<string> All { get; } = [];

        public void Began(int number, int last) => All.Add($"{number}/{last}");

        public void Ran(int number, int last, WsConnection connection, WsEnding ending) => All.Add($"{number} {ending}");

        public void Ended(in ClientEnd end, int ran, int asked) => All.Add($"{end.Name} {ran} of {asked}");
    }
}
