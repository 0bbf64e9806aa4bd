namespace RawNet.Tests;

public sealed class DescriptorLimitTests
{
    [Theory]
    [InlineData(0, 16)]
    [InlineData(256, 16)]
    [InlineData(272, 16)]
    [InlineData(273, 17)]
    [InlineData(400, 144)]
    [InlineData(1024, 768)]
    [InlineData(2560, 2304)]
    [InlineData(10_000, 9000)]
    [InlineData(1_048_576, 943_719)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void A_tenth_or_256_descriptors_are_kept_back(long limit, int connections) =>
        Assert.Equal(connections, DescriptorLimit.ConnectionsFor(limit));

    [Fact]
    public void Where_the_system_tells_no_limit_a_fixed_number_holds() =>
        Assert.Equal(DescriptorLimit.WithoutLimit, DescriptorLimit.ConnectionsFor(null));

    [Fact]
    public void The_limit_in_force_is_the_one_the_kernel_shows()
    {
        if (!OperatingSystem.IsLinux()) return;
        string line = File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        Assert.Equal(soft, DescriptorLimit.InForce()?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unlimited");
    }
}
