using RawLongPoll.Wire;

namespace RawLongPoll.Tests.Wire;

public class PollFaultTests
{
    [Fact]
    public void Every_fault_has_a_code_of_its_own_and_a_sentence()
    {
        PollFault[] all = [.. Enum.GetValues<PollFault>().Where(fault => fault != PollFault.None)];
        Assert.Equal(all.Length, all.Select(PollFaults.CodeOf).Distinct().Count());
        Assert.All(all, fault => Assert.Matches("^[a-z]+(-[a-z]+)*$", PollFaults.CodeOf(fault)));
        Assert.All(all, fault => Assert.EndsWith(".", PollFaults.DetailOf(fault), StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => PollFaults.CodeOf(PollFault.None));
    }
}
