using System.Diagnostics;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class PacerTests
{
    [Fact]
    public async Task What_is_due_is_told_in_order_and_nothing_after_the_end()
    {
        BenchLedger ledger = new();
        using Told scenario = new(ledger);
        using (new Pacer(ledger, scenario, new(Stopwatch.GetTimestamp(), perSecond: 2000))) await scenario.Enough.WaitAsync(TimeSpan.FromSeconds(30));
        int count = scenario.Numbers.Count;
        Assert.Equal(Enumerable.Range(0, count).Select(number => (long)number), scenario.Numbers);
    }

    sealed class Told(BenchLedger ledger) : BenchScenario(new(BenchKind.Http, new("http://h/")), ledger)
    {
        readonly TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<long> Numbers { get; } = [];

        public Task Enough => enough.Task;

        public override string Operation => "";

        public override bool IsDrained => true;

        public override Task OpenAsync(int first, CancellationToken cancellation) => Task.CompletedTask;

        public override void Start(Schedule? schedule)
        {
        }

        public override void Release(long number, long now)
        {
            Numbers.Add(number);
            if (Numbers.Count >= 20) enough.TrySetResult();
        }

        public override void Stop()
        {
        }

        public override void JudgeEnd()
        {
        }
    }
}
