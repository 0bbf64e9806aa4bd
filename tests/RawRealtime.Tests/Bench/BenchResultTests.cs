using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class BenchResultTests
{
    [Fact]
    public void What_was_not_read_is_not_known()
    {
        BenchResult result = new(new(BenchKind.Idle, new("http://h/")), "message");
        Assert.Equal((0, null, null, null), (result.PerSecond, result.CpuMicroseconds, result.ServerCores, result.BytesPerConnection));
    }

    [Fact]
    public void CPU_is_told_for_each_operation()
    {
        BenchResult result = BenchReportTests.Result();
        Assert.Equal(10, result.CpuMicroseconds!.Value, 3);
        Assert.Equal(0.005, result.ServerCores!.Value, 5);
        Assert.Null(result.BytesPerConnection);
    }
}
