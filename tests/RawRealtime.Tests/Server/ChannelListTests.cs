using RawHub;
using RawRealtime.Server;

namespace RawRealtime.Tests.Server;

public sealed class ChannelListTests
{
    static ServerFault Read(string query, out ChannelPattern[] channels)
    {
        Query.Read(System.Text.Encoding.UTF8.GetBytes(query), out Query read);
        return ChannelList.Read(read, out channels);
    }

    [Theory]
    [InlineData("", "default")]
    [InlineData("cursor=earliest", "default")]
    [InlineData("channel=a", "a")]
    [InlineData("channel=b&channel=a", "b a")]
    [InlineData("channel=A-Z.a_z:0~9", "A-Z.a_z:0~9")]
    [InlineData("channel=news.*&channel=*", "news.* *")]
    public void Channels_are_read_in_order(string query, string expected)
    {
        Assert.Equal(ServerFault.None, Read(query, out ChannelPattern[] channels));
        Assert.Equal(expected.Split(' '), channels.Select(c => c.Text));
    }

    [Theory]
    [InlineData("channel=", nameof(ServerFault.BadChannel))]
    [InlineData("channel", nameof(ServerFault.BadChannel))]
    [InlineData("channel=*.a", nameof(ServerFault.BadChannel))]
    [InlineData("channel=a*&channel=a*", nameof(ServerFault.RepeatedChannel))]
    [InlineData("channel=a%20b", nameof(ServerFault.BadChannel))]
    [InlineData("channel=a/b", nameof(ServerFault.BadChannel))]
    [InlineData("channel=%C3%A4", nameof(ServerFault.BadChannel))]
    [InlineData("channel=a&channel=b&channel=a", nameof(ServerFault.RepeatedChannel))]
    public void What_is_no_list_of_channels_is_refused_by_name(string query, string fault) => Assert.Equal(fault, Read(query, out _).ToString());

    [Fact]
    public void Sixty_four_channels_are_the_most()
    {
        string most = string.Join('&', Enumerable.Range(1, 64).Select(i => $"channel=c{i}"));

        Assert.Equal(ServerFault.None, Read(most, out _));
        Assert.Equal(ServerFault.TooManyChannels, Read(most + "&channel=c65", out _));
    }

    [Fact]
    public void A_publisher_names_one_channel_or_none()
    {
        Query.Read("channel=a"u8, out Query named);
        Query.Read(""u8, out Query unnamed);
        Query.Read("channel="u8, out Query empty);

        Assert.Equal(ServerFault.None, ChannelList.ReadOne(named, out ChannelName channel));
        Assert.Equal("a", channel.Text);
        Assert.Equal(ServerFault.None, ChannelList.ReadOne(unnamed, out channel));
        Assert.Equal("default", channel.Text);
        Assert.Equal(ServerFault.BadChannel, ChannelList.ReadOne(empty, out _));
        Query.Read("channel=a*"u8, out Query pattern);
        Assert.Equal(ServerFault.BadChannel, ChannelList.ReadOne(pattern, out _));
        Query.Read("channel=presence:a"u8, out Query reserved);
        Assert.Equal(ServerFault.ReservedChannel, ChannelList.ReadOne(reserved, out _));
    }
}
