using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class QueryReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("&&", "")]
    [InlineData("a", "[a=]")]
    [InlineData("a=b", "[a=b]")]
    [InlineData("a=b=c&a=d", "[a=b=c][a=d]")]
    [InlineData("=b&a=", "[=b][a=]")]
    [InlineData("a=%26%3d+%2B", "[a=&= +]")]
    public void Pairs_come_in_order_and_values_are_decoded(string query, string expected)
    {
        var reader = new QueryReader(Bytes.Of(query));
        string actual = "";
        while (reader.MoveNext())
        {
            byte[] value = new byte[reader.RawValue.Length];
            Assert.Equal(HttpFault.None, reader.DecodeValue(value, out int length));
            actual += $"[{Bytes.Text(reader.RawName)}={Bytes.Text(value.AsSpan(0, length))}]";
        }
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("channel=a", true)]
    [InlineData("%63hannel=a", true)]
    [InlineData("Channel=a", false)]
    [InlineData("channels=a", false)]
    [InlineData("%2563hannel=a", false)]
    [InlineData("%6channel=a", false)]
    public void Names_are_compared_decoded(string query, bool expected)
    {
        var reader = new QueryReader(Bytes.Of(query));
        Assert.True(reader.MoveNext());
        Assert.Equal(expected, reader.NameIs("channel"u8));
    }

    [Fact]
    public void A_broken_escape_in_a_value_is_named()
    {
        var reader = new QueryReader("a=%4"u8);
        Assert.True(reader.MoveNext());
        Assert.Equal(HttpFault.BadEscape, reader.DecodeValue(new byte[8], out _));
    }
}
