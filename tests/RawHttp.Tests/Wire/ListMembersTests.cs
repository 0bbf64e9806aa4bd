using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class ListMembersTests
{
    [Theory]
    [InlineData("L: ", "")]
    [InlineData("L: ,", "")]
    [InlineData("L: a", "[a]")]
    [InlineData("L: a,b", "[a][b]")]
    [InlineData("L: , a ,\t b c ,,", "[a][b c]")]
    [InlineData("L: a\r\nX: c\r\nl: b", "[a][b]")]
    [InlineData("L: a;b=\"c,d\", e", "[a;b=\"c,d\"][e]")]
    [InlineData("L: \"a\\\",b\", c", "[\"a\\\",b\"][c]")]
    [InlineData("L: \"open, b", "[\"open, b]")]
    public void Members(string fieldLines, string expected)
    {
        string actual = "";
        foreach (ReadOnlySpan<byte> member in Requests.Read(Requests.With(fieldLines)).Fields.Members("l"u8)) actual += $"[{Bytes.Text(member)}]";
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Behind_the_last_member_there_is_none_again()
    {
        ListMembers members = Requests.Read(Requests.With("L: a")).Fields.Members("l"u8);
        Assert.True(members.MoveNext());
        Assert.False(members.MoveNext());
        Assert.False(members.MoveNext());
    }
}
