using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class JournalFaultsTests
{
    [Fact]
    public void Every_fault_has_a_name_of_its_own()
    {
        string[] names = [.. Enum.GetValues<JournalFault>().Where(fault => fault != JournalFault.None).Select(JournalFaults.CodeOf)];
        Assert.Equal(names.Distinct(), names);
        Assert.Throws<ArgumentOutOfRangeException>(() => JournalFaults.CodeOf(JournalFault.None));
    }
}
