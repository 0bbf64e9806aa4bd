using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class ProcessUsageTests
{
    const string Behind = " S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 9 0 100 200 300";

    [Theory]
    [InlineData("42 (rawrealtime)")]
    [InlineData("42 (a ) b (c))")]
    public void Times_stand_behind_the_name_whatever_it_is(string front) =>
        Assert.Equal(new(2.5, 0.5, 2048), ProcessUsage.Read(front + Behind, "Name:\tx\nVmRSS:\t       2 kB\nThreads:\t9\n"));

    [Fact]
    public void A_process_without_memory_of_its_own_has_none() => Assert.Equal(0, ProcessUsage.Read("1 (x)" + Behind, "Name:\tkthread\n").ResidentBytes);

    [Theory]
    [InlineData("42 (x) S 1 2")]
    [InlineData("42 (x) S 1 2 3 4 5 6 7 8 9 10 a b")]
    [InlineData("")]
    public void Another_text_is_told(string stat) => Assert.Throws<IOException>(() => ProcessUsage.Read(stat, ""));

    [Fact]
    public void Our_own_is_there_and_a_process_that_is_not_is_told()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.True(ProcessUsage.Of([Environment.ProcessId]).ResidentBytes > 0);
        Assert.Throws<IOException>(() => ProcessUsage.Of([int.MaxValue]));
    }
}
