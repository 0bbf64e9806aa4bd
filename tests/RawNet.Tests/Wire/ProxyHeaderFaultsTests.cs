using RawNet.Wire;

namespace RawNet.Tests.Wire;

public sealed class ProxyHeaderFaultsTests
{
    [Fact]
    public void Every_fault_has_a_name_and_what_is_none_has_not()
    {
        foreach (ProxyHeaderFault fault in Enum.GetValues<ProxyHeaderFault>().Where(fault => fault != ProxyHeaderFault.None))
            Assert.NotEmpty(ProxyHeaderFaults.CodeOf(fault));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProxyHeaderFaults.CodeOf(ProxyHeaderFault.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => ProxyHeaderFaults.CodeOf((ProxyHeaderFault)250));
    }
}
