using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchFailureTests
{
    [Fact]
    public void Each_has_a_name_and_a_sentence_of_its_own()
    {
        BenchFailure[] all = Enum.GetValues<BenchFailure>();
        Assert.Equal(BenchFailures.Count, all.Length);
        Assert.Equal(all.Length, all.Select(BenchFailures.NameOf).Distinct().Count());
        Assert.Equal(all.Length, all.Select(BenchFailures.Explain).Distinct().Count());
    }
}
