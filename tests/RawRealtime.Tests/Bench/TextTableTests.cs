using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

public sealed class TextTableTests
{
    [Fact]
    public void Names_stand_left_and_numbers_right()
    {
        TextTable table = new("", "a");
        table.Add("x", "10");
        table.Add("yy", "5");
        Assert.Equal("        a\n  ──   ──\n  x    10\n  yy    5\n", table.ToString());
    }

    [Fact]
    public void A_table_without_names_has_no_head()
    {
        TextTable table = new("", "");
        table.Add("x", "1");
        Assert.Equal("  x   1\n", table.ToString());
    }
}
