using RawRealtime.Bench;
using Testing;

namespace RawRealtime.Tests.Bench;

public sealed class BenchLedgerTests
{
    [Fact]
    public void The_first_fault_is_told_and_all_are_counted()
    {
        BenchLedger ledger = new();
        ledger.Wrong(BenchFault.Lost, "a", 3);
        ledger.Wrong(BenchFault.WrongStatus, "b");
        ledger.Wrong(BenchFault.Ended, "c", 0);
        Assert.Equal((3, 1, 0, 4, "a"), (ledger.CountOf(BenchFault.Lost), ledger.CountOf(BenchFault.WrongStatus), ledger.CountOf(BenchFault.Ended), ledger.Faults, ledger.FirstFault));
    }

    [Fact]
    public void The_warm_up_is_forgotten_but_not_what_was_wrong()
    {
        BenchLedger ledger = new();
        ledger.Done(0, 10);
        ledger.BytesReceived = 5;
        ledger.Wrong(BenchFault.Lost);
        ledger.BeginMeasuring();
        Assert.Equal((0, 0, 1), (ledger.Operations, ledger.BytesReceived, ledger.Faults));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        BenchLedger ledger = new();
        Assert.Equal(0, Allocated.Least(() =>
        {
            for (int i = 0; i < 1000; i++) ledger.Done(i, 2 * i);
        }));
    }
}
