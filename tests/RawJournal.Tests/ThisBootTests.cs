namespace RawJournal.Tests;

public sealed class ThisBootTests
{
    [Fact]
    public void It_is_the_same_each_time() => Assert.True(ThisBoot.Read().IsSameRunAs(ThisBoot.Read()));

    [Fact]
    public void On_Linux_it_is_the_kernels_own()
    {
        if (OperatingSystem.IsLinux()) Assert.Equal("id:" + File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), ThisBoot.Read().Text);
    }
}
