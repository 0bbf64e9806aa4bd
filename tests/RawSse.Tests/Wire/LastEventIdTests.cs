using System.Text;
using RawSse.Wire;

namespace RawSse.Tests.Wire;

public class LastEventIdTests
{
    [Theory]
    [InlineData("e0000001-7", "e0000001-7")]
    [InlineData("é", "é")]
    [InlineData("", null)]
    [InlineData("a\0", null)]
    [InlineData("a\n", null)]
    [InlineData("a\r", null)]
    public void The_field_says_something_only_when_it_holds_an_id_a_stream_can_carry(string value, string? expected)
    {
        bool found = LastEventId.TryRead(Encoding.UTF8.GetBytes(value), out ReadOnlySpan<byte> id);
        Assert.Equal(expected, found ? Encoding.UTF8.GetString(id) : null);
    }
}
