using RawRealtime.Bench;
using Testing;

namespace RawRealtime.Tests.Bench;

public sealed class BenchLedgerTests
{
    [Fact]
    public void The_first_fault_is_told_and_all_are_counted()
    {
        BenchLedger ledger = new();
        ledger.Wrong(BenchFailure.Lost, "a", 3);
        ledger.Wrong(BenchFailure.WrongStatus, "b");
        ledger.Wrong(BenchFailure.Ended, "c", 0);
        Assert.Equal((3, 1, 0, 4, "a"), (ledger.CountOf(BenchFailure.Lost), ledger.CountOf(BenchFailure.WrongStatus), ledger.CountOf(BenchFailure.Ended), ledger.Faults, ledger.FirstFault));
    }

    [Fact]
    public void What_went_over_the_wire_is_told_between_two_moments()
    {
        BenchLedger ledger = new();
        ledger.Done(0, 10);
        ledger.Received(5);
        WireCount before = ledger.Wire;
        ledger.Done(0, 10);
        ledger.Received(7);
        ledger.ReceivedHead(3);
        ledger.Sent(2);
        Assert.Equal(new(1, 7, 3, 2), ledger.Wire - before);
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
