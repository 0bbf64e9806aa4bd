using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class EntityTagTests
{
    [Theory]
    // RFC 9110 §8.8.3: entity-tag = [ weak ] opaque-tag; its three examples first
    [InlineData("\"xyzzy\"", false, "\"xyzzy\"")]
    [InlineData("W/\"xyzzy\"", true, "\"xyzzy\"")]
    [InlineData("\"\"", false, "\"\"")]
    [InlineData("W/\"\"", true, "\"\"")]
    [InlineData("\"a,b\"", false, "\"a,b\"")]
    [InlineData("\"a\\\"", false, "\"a\\\"")] // a backslash escapes nothing
    [InlineData("\"!#~\x80\xFF\"", false, "\"!#~\x80\xFF\"")]
    public void A_tag_is_read(string text, bool isWeak, string opaque)
    {
        Assert.True(EntityTag.TryRead(Bytes.Of(text), out EntityTag tag));
        Assert.Equal((isWeak, opaque), (tag.IsWeak, Bytes.Text(tag.Opaque)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("xyzzy")]
    [InlineData("\"")]
    [InlineData("\"xyzzy")]
    [InlineData("xyzzy\"")]
    [InlineData("W/")]
    [InlineData("W/xyzzy")]
    [InlineData("w/\"xyzzy\"")]   // %s"W/"
    [InlineData("W\"xyzzy\"")]
    [InlineData("W/ \"xyzzy\"")]
    [InlineData("\"xy zzy\"")]
    [InlineData("\"xy\tzzy\"")]
    [InlineData("\"xy\x7Fzzy\"")]
    [InlineData("\"xy\"zzy\"")]
    [InlineData("\"xyzzy\" ")]
    [InlineData(" \"xyzzy\"")]
    [InlineData("'xyzzy'")]
    public void Anything_else_is_none(string text)
    {
        Assert.False(EntityTag.TryRead(Bytes.Of(text), out EntityTag tag));
        Assert.True(tag.Opaque.IsEmpty);
    }

    [Theory]
    // RFC 9110 §8.8.3.2, its table                strong  weak
    [InlineData("W/\"1\"", "W/\"1\"", false, true)]
    [InlineData("W/\"1\"", "W/\"2\"", false, false)]
    [InlineData("W/\"1\"", "\"1\"", false, true)]
    [InlineData("\"1\"", "\"1\"", true, true)]
    [InlineData("\"1\"", "\"2\"", false, false)]
    [InlineData("\"a\"", "\"A\"", false, false)]
    public void Two_tags_compare(string one, string other, bool strongly, bool weakly)
    {
        Assert.True(EntityTag.TryRead(Bytes.Of(one), out EntityTag a) & EntityTag.TryRead(Bytes.Of(other), out EntityTag b));
        Assert.Equal((strongly, weakly), (a.EqualsStrongly(b), a.EqualsWeakly(b)));
        Assert.Equal((strongly, weakly), (b.EqualsStrongly(a), b.EqualsWeakly(a)));
    }

    [Fact]
    public void No_tag_is_equal_to_nothing() => Assert.False(EntityTag.None.EqualsStrongly(EntityTag.None) || EntityTag.None.EqualsWeakly(EntityTag.None));
}
