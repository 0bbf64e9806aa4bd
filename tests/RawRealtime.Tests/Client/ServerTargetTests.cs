using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class ServerTargetTests
{
    [Theory]
    [InlineData("http://h", "/publish?a=1&b=%C3%BC%26", "ws://h/publish?a=1&b=%C3%BC%26")]
    [InlineData("https://h:8/x/", "/x/publish?a=1&b=%C3%BC%26", "wss://h:8/x/publish?a=1&b=%C3%BC%26")]
    [InlineData("http://[::1]:8", "/publish?a=1&b=%C3%BC%26", "ws://[::1]:8/publish?a=1&b=%C3%BC%26")]
    public void A_path_has_what_stands_in_front_and_names_with_a_value(string server, string path, string socket)
    {
        ServerTarget target = new(new Uri(server));
        Assert.Equal(path, target.PathOf("/publish", ("a", "1"), ("none", null), ("b", "ü&")));
        Assert.Equal(socket, target.SocketOf(path).AbsoluteUri);
    }

    [Fact]
    public void A_token_is_shown_as_RFC_6750_has_it()
    {
        Assert.Empty(new ServerTarget(new Uri("http://h")).Fields);
        Assert.Equal(new("Authorization", "Bearer t"), Assert.Single(new ServerTarget(new Uri("http://h")) { Token = "t" }.Fields));
    }
}
