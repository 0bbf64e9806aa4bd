using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class CaseRangeTests
{
    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("7-12", 7, 12)]
    [InlineData("300-", 300, int.MaxValue)]
    public void One_case_a_range_and_an_open_range_are_read_and_written_alike(string text, int first, int last)
    {
        Assert.True(CaseRange.TryRead(text, out CaseRange range));
        Assert.Equal(new CaseRange(first, last), range);
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-")]
    [InlineData("-5")]
    [InlineData("5-4")]
    [InlineData("1-2-3")]
    [InlineData("1.1.1")]
    [InlineData("+7")]
    [InlineData("99999999999")]
    public void Anything_else_is_no_range(string text) => Assert.False(CaseRange.TryRead(text, out _));
}
