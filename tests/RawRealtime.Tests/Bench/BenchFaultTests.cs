using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchFaultTests
{
    [Fact]
    public void Each_has_a_name_and_a_sentence_of_its_own()
    {
        BenchFault[] all = Enum.GetValues<BenchFault>();
        Assert.Equal(BenchFaults.Count, all.Length);
        Assert.Equal(all.Length, all.Select(BenchFaults.NameOf).Distinct().Count());
        Assert.Equal(all.Length, all.Select(BenchFaults.Explain).Distinct().Count());
    }
}
