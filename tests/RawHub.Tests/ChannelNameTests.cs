using System.Text;

namespace RawHub.Tests;

public class ChannelNameTests
{
    public static TheoryData<string, bool> Names => new()
    {
        { "a", true },
        { "default", true },
        { "AZaz09._:~-", true },
        { new string('x', 128), true },
        { new string('x', 129), false },
        { "", false },
        { "a b", false },
        { "a/b", false },
        { "a*", false },
        { "a,b", false },
        { "a\0", false },
        { "a\n", false },
        { "é", false },
        { "a\uD800", false },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_name_is_1_to_128_harmless_characters(string text, bool expected)
    {
        Assert.Equal(expected, ChannelName.TryParse(text, out ChannelName fromText));
        Assert.Equal(expected, ChannelName.TryParse(Encoding.UTF8.GetBytes(text), out ChannelName fromBytes));
        Assert.Equal(fromText, fromBytes);
        if (expected) Assert.Equal(text, fromText.ToString());
        else Assert.Throws<FormatException>(() => ChannelName.Parse(text));
    }

    [Fact]
    public void The_channel_of_a_request_that_names_none_is_called_default()
    {
        Assert.Equal("default", default(ChannelName).Text);
        Assert.True(default == ChannelName.Parse("default"));
        Assert.Equal(default(ChannelName).GetHashCode(), ChannelName.Parse("default").GetHashCode());
        Assert.True(ChannelName.Parse("A") != ChannelName.Parse("a"));
    }
}
