using System.Text;
using RawHub;
using RawRealtime.Delivery;
using RawRealtime.Server;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, Publishing in bulk.</summary>
public sealed class BulkLineTests
{
    static readonly Publication Defaults = new(NameOf("from-query"), true, "e", TtlMs: 7_000);

    static ChannelName NameOf(string text) => ChannelName.TryParse(text, out ChannelName name) ? name : throw new ArgumentException(text);

    static ServerFault Read(string line, out BulkLine read) => BulkLine.Read(Encoding.UTF8.GetBytes(line), Defaults, out read);

    [Theory] // line, channel, event, key, ttl, data as text or in hexadecimal
    [InlineData("""{"data":"x"}""", "from-query", "e", null, 7, "x")]
    [InlineData("""{"channel":"a","event":"b","key":"k","ttl":60,"data":"ü \n"}""", "a", "b", "k", 60, "ü \n")]
    [InlineData("""{"data":"","other":[1]}""", "from-query", "e", null, 7, "")]
    [InlineData("""{"data":"AAEC","encoding":"base64"}""", "from-query", "e", null, 7, "0x000102")]
    [InlineData("""{"channel":null,"event":null,"data":"x"}""", "from-query", "e", null, 7, "x")]
    public void What_a_line_does_not_say_the_query_does(string line, string channel, string eventName, string? key, int ttl, string data)
    {
        Assert.Equal(ServerFault.None, Read(line, out BulkLine read));
        Publication publication = read.Publication;
        Assert.Equal((channel, eventName, key, ttl), (publication.Channel.Text, publication.Event, publication.Key, publication.TtlMs / 1000));
        Assert.Equal(data, publication.IsText ? Encoding.UTF8.GetString(read.Data) : "0x" + Convert.ToHexString(read.Data));
    }

    [Theory]
    [InlineData("x", nameof(ServerFault.BadLine))]
    [InlineData("[]", nameof(ServerFault.BadLine))]
    [InlineData("\"x\"", nameof(ServerFault.BadLine))]
    [InlineData("{}", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":1}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":null}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":"x"}{"data":"y"}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":"x","data":"y"}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":"\ud800"}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":"x","channel":1}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":"x","deep":[[[1]]]}""", nameof(ServerFault.BadLine))]
    [InlineData("""{"data":"x","channel":""}""", nameof(ServerFault.BadChannel))]
    [InlineData("""{"data":"x","channel":"a b"}""", nameof(ServerFault.BadChannel))]
    [InlineData("""{"data":"x","event":"position"}""", nameof(ServerFault.BadEvent))]
    [InlineData("""{"data":"x","key":""}""", nameof(ServerFault.BadIdempotencyKey))]
    [InlineData("""{"data":"x","key":"ü"}""", nameof(ServerFault.BadIdempotencyKey))]
    [InlineData("""{"data":"x","ttl":0}""", nameof(ServerFault.BadTtl))]
    [InlineData("""{"data":"x","encoding":"hex"}""", nameof(ServerFault.BadEncoding))]
    [InlineData("""{"data":"x","encoding":"base64"}""", nameof(ServerFault.BadEncoding))]
    public void A_line_that_breaks_a_rule_is_refused_with_its_name(string line, string fault) =>
        Assert.Equal(fault, Read(line, out _).ToString());

    [Fact]
    public void A_line_that_is_not_UTF_8_is_no_JSON() =>
        Assert.Equal(ServerFault.BadLine, BulkLine.Read((byte[])[.. "{\"data\":\""u8, 0xFF, .. "\"}"u8], Defaults, out _));

    [Theory]
    [InlineData(Publisher.MaxDataBytes, nameof(ServerFault.None))]
    [InlineData(Publisher.MaxDataBytes + 1, nameof(ServerFault.DataTooLarge))]
    public void Data_has_a_bound(int bytes, string fault) => Assert.Equal(fault, Read($$"""{"data":"{{new string('x', bytes)}}"}""", out _).ToString());
}
