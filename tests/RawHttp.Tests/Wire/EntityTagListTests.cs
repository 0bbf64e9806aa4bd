using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class EntityTagListTests
{
    [Theory]
    // RFC 9110 §13.1.1, §13.1.2: "*" / #entity-tag; the examples there
    [InlineData("\"xyzzy\"", "\"xyzzy\"")]
    [InlineData("\"xyzzy\", \"r2d2xxxx\", \"c3piozzzz\"", "\"xyzzy\" \"r2d2xxxx\" \"c3piozzzz\"")]
    [InlineData("W/\"xyzzy\", W/\"r2d2xxxx\"", "W/\"xyzzy\" W/\"r2d2xxxx\"")]
    // RFC 9110 §5.6.1: empty members, white space
    [InlineData(",, \"a\" ,\t, \"b\",", "\"a\" \"b\"")]
    [InlineData("\"a\",\"b\"", "\"a\" \"b\"")]
    [InlineData("", "")]
    [InlineData(" , ,", "")]
    // RFC 9110 §8.8.3: a comma inside, a backslash at the end
    [InlineData("\"a,b\", \"c\"", "\"a,b\" \"c\"")]
    [InlineData("\"a\\\", \"b\"", "\"a\\\" \"b\"")]
    // what is no tag is passed over, and spoils no other
    [InlineData("a, \"b\"", "\"b\"")]
    [InlineData("\"a\"x, \"b\"", "\"b\"")]
    [InlineData("\"a\" \"x\", \"b\"", "\"b\"")]
    [InlineData("\"a b\", \"c\"", "\"c\"")]
    [InlineData("w/\"a\", \"b\"", "\"b\"")]
    [InlineData("W/a, \"b\"", "\"b\"")]
    [InlineData("*", "")]
    [InlineData("*, \"a\"", "\"a\"")]
    [InlineData("\"a", "")]
    [InlineData("\"a, \"b\"", "\"b\"")]
    [InlineData("\"", "")]
    // over several lines
    [InlineData("\"a\"\r\nX: \"no\"\r\nif-none-match: \"b\", \"c\"", "\"a\" \"b\" \"c\"")]
    [InlineData("\"a\r\nIf-None-Match: \"b\"", "\"b\"")]
    public void Tags_are_walked_in_order(string value, string tags)
    {
        RequestHead head = Requests.Read(Requests.With("If-None-Match: " + value));
        List<string> found = [];
        foreach (EntityTag tag in new EntityTagList(head.Fields, "if-none-match"u8))
            found.Add((tag.IsWeak ? "W/" : "") + Bytes.Text(tag.Opaque));
        Assert.Equal(tags, string.Join(' ', found));
    }

    [Fact]
    public void Without_the_field_there_are_none() => Assert.False(new EntityTagList(Requests.Read(Requests.With("X: y")).Fields, "if-match"u8).MoveNext());

    [Fact]
    public void Behind_the_last_tag_there_is_none_again()
    {
        EntityTagList tags = new(Requests.Read(Requests.With("If-Match: \"a\"")).Fields, "if-match"u8);
        Assert.True(tags.MoveNext());
        Assert.False(tags.MoveNext());
        Assert.False(tags.MoveNext());
    }
}
