using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class StatusCodesTests
{
    [Fact]
    public void Every_status_a_rule_is_answered_with_has_a_reason() => Assert.All(Enum.GetValues<HttpFault>().Where(f => f != HttpFault.None), fault =>
    {
        ReadOnlySpan<byte> reason = StatusCodes.ReasonOf(HttpFaults.StatusOf(fault));
        Assert.False(reason.IsEmpty);
        Assert.True(reason.Length <= ResponseHeadWriter.MaxStatusLineBytes - "HTTP/1.1 200 \r\n".Length);
    });

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, true)]
    [InlineData(204, true)]
    [InlineData(304, true)]
    [InlineData(200, false)]
    [InlineData(205, false)]
    [InlineData(404, false)]
    public void Some_have_no_content(int status, bool expected) => Assert.Equal(expected, StatusCodes.HasNoContent(status));
}
