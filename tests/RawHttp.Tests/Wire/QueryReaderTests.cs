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
    [InlineData("channelchannelchannel1=a", false)]
    [InlineData("%63%68%61%6e%6e%65%6c=a", true)]
    [InlineData("+channel=a", false)]
    public void Names_are_compared_decoded(string query, bool expected)
    {
        var reader = new QueryReader(Bytes.Of(query));
        Assert.True(reader.MoveNext());
        Assert.Equal(expected, reader.NameIs("channel"u8));
    }

    [Theory]
    [InlineData("a%2B", true)]
    [InlineData("a+", false)]  // it is a space
    public void A_name_that_is_spelt_as_it_is_asked_for_is_decoded_all_the_same(string name, bool expected)
    {
        var reader = new QueryReader(Bytes.Of(name));
        Assert.True(reader.MoveNext());
        Assert.Equal(expected, reader.NameIs("a+"u8));
        Assert.False(reader.NameIs("a%2B"u8));
    }

    [Fact]
    public void A_name_with_escapes_is_not_looked_for_beyond_128_bytes()
    {
        string name = new('a', 60);
        var reader = new QueryReader(Bytes.Of(name.Replace("a", "%61", StringComparison.Ordinal)));
        Assert.True(reader.MoveNext());
        Assert.False(reader.NameIs(Bytes.Of(name)));
    }

    [Fact]
    public void A_broken_escape_in_a_value_is_named()
    {
        var reader = new QueryReader("a=%4"u8);
        Assert.True(reader.MoveNext());
        Assert.Equal(HttpFault.BadEscape, reader.DecodeValue(new byte[8], out _));
    }
}
