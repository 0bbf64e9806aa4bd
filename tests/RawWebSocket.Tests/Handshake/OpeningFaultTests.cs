using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class OpeningFaultTests
{
    [Fact]
    public void Every_fault_has_a_name_of_its_own_and_a_sentence_with_its_clause()
    {
        OpeningFault[] faults = Enum.GetValues<OpeningFault>();
        Assert.Equal(faults.Length, faults.Select(OpeningFaults.CodeOf).Distinct().Count());
        Assert.All(faults.Where(fault => fault != OpeningFault.None),
            fault => Assert.Matches(@"\(RFC (6455 §4\.1 item [1-6]|7692 §7)\)", OpeningFaults.DetailOf(fault)));
    }
}
