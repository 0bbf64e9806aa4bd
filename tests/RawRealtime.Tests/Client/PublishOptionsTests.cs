using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class PublishOptionsTests
{
    [Fact]
    public void One_message_has_the_key_as_it_is_and_several_have_their_number()
    {
        PublishOptions one = new(new(new Uri("http://h"))) { Key = "k", Data = ["a"] };
        Assert.Equal("k", one.KeyOf(1));
        Assert.Equal("k-2", (one with { Data = ["a", "b"] }).KeyOf(2));
        Assert.Equal("k-7", (one with { Data = [], AreLines = true }).KeyOf(7));
        Assert.Null((one with { Key = null, AreLines = true }).KeyOf(7));
    }
}
