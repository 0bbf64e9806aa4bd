using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

/// <summary>docs/contract.md: what the server says to a subscriber on each transport.</summary>
public sealed class SubscriptionJsonTests
{
    const string Message = "\"channel\":\"a\",\"id\":\"e-1\",\"event\":\"n\",\"data\":\"hi\",\"time\":\"t\"}";
    static readonly MessageTold Told = new("e-1.f-2", "a", "e-1", "n", "hi", false, "t");

    static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void A_message_is_the_same_on_each_transport()
    {
        Assert.Equal(Told, SubscriptionJson.ReadSocket(Utf8("""{"type":"message","cursor":"e-1.f-2",""" + Message)));
        Assert.Equal(Told, SubscriptionJson.ReadEvent("n", Utf8("{" + Message), "e-1.f-2"));
        PollTold poll = SubscriptionJson.ReadPoll(Utf8("""{"from":"e-0.f-2","recovered":true,"messages":[{"cursor":"e-0.f-3",""" + Message + ",{" + Message + """],"cursor":"e-1.f-2"}"""));
        Assert.Equal([Told with { Cursor = "e-0.f-3" }, Told with { Cursor = Told.Id }], poll.Messages); // of one channel the id is the cursor
    }

    [Fact]
    public void Bytes_are_told_apart_from_text()
    {
        MessageTold told = (MessageTold)SubscriptionJson.ReadSocket(Utf8("""{"type":"message","cursor":"c","channel":"a","id":"e-1","data":"AAEC","encoding":"base64","time":"t"}"""))!;
        Assert.Equal((true, "AAEC", null), (told.IsBytes, told.Data, told.Event));
    }

    [Fact]
    public void A_position_says_what_is_missing()
    {
        PositionTold whole = (PositionTold)SubscriptionJson.ReadSocket(Utf8("""{"type":"position","from":"e-1","recovered":true}"""))!;
        Assert.Equal(("e-1", true, null), (whole.From, whole.Recovered, whole.Reason));
        Assert.Empty(whole.Lost);
        PositionTold torn = (PositionTold)SubscriptionJson.ReadEvent("position", Utf8("""{"from":"e-3","recovered":false,"reason":"evicted","lost":[{"channel":"a","reason":"evicted"}]}"""), "");
        Assert.Equal(("e-3", false, "evicted", new LostOf("a", "evicted")), (torn.From, torn.Recovered, torn.Reason, Assert.Single(torn.Lost)));
    }

    [Fact]
    public void Errors_are_told_and_what_a_later_server_may_say_is_passed_over()
    {
        Assert.Equal(new ErrorTold("channel-deleted", "gone", "a"), SubscriptionJson.ReadSocket(Utf8("""{"type":"error","code":"channel-deleted","detail":"gone","channel":"a"}""")));
        Assert.Null(SubscriptionJson.ReadSocket(Utf8("""{"type":"ack","ref":"1"}""")));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"message","cursor":"c"}""")]
    [InlineData("""{"type":"position","from":"e-1"}""")]
    [InlineData("""{"type":"position","from":null,"recovered":true}""")]
    [InlineData("""{"type":"error"}""")]
    public void What_is_none_of_ours_is_refused(string json)
    {
        Assert.Throws<NotOursException>(() => SubscriptionJson.ReadSocket(Utf8(json)));
        Assert.Throws<NotOursException>(() => SubscriptionJson.ReadPoll(Utf8(json)));
        Assert.Throws<NotOursException>(() => SubscriptionJson.ReadEvent("x", Utf8(json), ""));
    }
}
