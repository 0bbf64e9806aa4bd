using System.Text;
using System.Text.RegularExpressions;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed partial class WsFaultsTests
{
    public static TheoryData<WsFault> Faults => [.. Enum.GetValues<WsFault>().Where(fault => fault != WsFault.None)];

    [Theory, MemberData(nameof(Faults))]
    public void Every_fault_has_a_code_that_travels_a_name_and_a_reason_that_fits(WsFault fault)
    {
        Assert.True(WsFaults.CloseCodeOf(fault).MayTravel());
        Assert.Matches(KebabCase(), WsFaults.CodeOf(fault));
        string reason = WsFaults.ReasonOf(fault);
        Assert.True(Ascii.IsValid(reason) && reason.Length is > 0 and <= ClosePayload.MaxReasonBytes);
        Assert.Matches(@"\(RFC (6455|7692) [0-9.]+\)$", reason);
    }

    [Fact]
    public void Names_are_told_apart()
    {
        string[] names = [.. Enum.GetValues<WsFault>().Select(WsFaults.CodeOf)];
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [InlineData("7.4.1 1002", WsFault.NotMasked, CloseCode.ProtocolError)]
    [InlineData("7.4.1 1002", WsFault.CloseCodeNotAllowed, CloseCode.ProtocolError)]
    [InlineData("7.4.1 1007", WsFault.TextNotUtf8, CloseCode.InvalidData)]
    [InlineData("7.4.1 1007", WsFault.CloseReasonNotUtf8, CloseCode.InvalidData)]
    [InlineData("7.4.1 1008", WsFault.TooManyFragments, CloseCode.PolicyViolation)]
    [InlineData("7.4.1 1009", WsFault.MessageTooBig, CloseCode.TooBig)]
    [InlineData("7.4.1 1009", WsFault.InflatesTooFar, CloseCode.TooBig)]
    [InlineData("7.4.1 1007", WsFault.BadDeflateData, CloseCode.InvalidData)]
    public void The_close_code_is_the_one_the_rfc_has_for_it(string rule, WsFault fault, CloseCode code) =>
        Assert.True(code == WsFaults.CloseCodeOf(fault), rule);

    [Fact]
    public void No_fault_is_nothing_to_close_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WsFaults.CloseCodeOf(WsFault.None));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
