using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class BootMarkTests
{
    [Theory]
    [InlineData("id:a", "id:a", true)]
    [InlineData("id:a", "id:b", false)]
    [InlineData("id:", "id:", false)]
    [InlineData("id:1", "time:1", false)]
    [InlineData("time:1", "id:1", false)]
    [InlineData("time:1000", "time:1000", true)]
    [InlineData("time:1000", "time:1002", true)]
    [InlineData("time:1002", "time:1000", true)]
    [InlineData("time:1000", "time:1003", false)]
    [InlineData("time:x", "time:x", false)]
    [InlineData("time:", "time:", false)]
    [InlineData("time:9223372036854775807", "time:0", false)]
    [InlineData("", "", false)]
    public void Two_are_of_one_run_only_if_that_is_sure(string one, string other, bool same) =>
        Assert.Equal(same, new BootMark(one).IsSameRunAs(new(other)));

    [Fact]
    public void None_at_all_is_like_no_other()
    {
        Assert.False(default(BootMark).IsSameRunAs(default));
        Assert.False(BootMark.OfId("a").IsSameRunAs(default));
    }

    [Fact]
    public void They_are_made_of_an_id_or_a_time()
    {
        Assert.Equal("id:3f2a", BootMark.OfId("3f2a\n").Text);
        Assert.Equal("time:1700000000", BootMark.OfTime(1_700_000_000).Text);
    }
}
