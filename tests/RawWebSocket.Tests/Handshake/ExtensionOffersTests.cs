using System.Text;
using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class ExtensionOffersTests
{
    [Theory]
    [InlineData("9.1 empty", ",", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 no token", "a b", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 parameter without a name", "a;", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 parameter without a name", "a;=1", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 value missing", "a;b=", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 two values", "a;b=1=2", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 comma for semicolon", "a;b=1 c", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 name missing", ";b=1", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 quote not closed", "a;b=\"1", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 quoted value no token", "a;b=\"1 2\"", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 quoted value empty", "a;b=\"\"", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 bytes behind the quote", "a;b=\"1\"2", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 escape at the end", "a;b=\"1\\", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 second offer broken", "a, b;", HttpFault.BadExtensionOffer)]
    [InlineData("9.1 its example", "foo, bar; baz=2", HttpFault.None)]
    [InlineData("9.1 quoted", "bar; baz=\"2\"; x", HttpFault.None)]
    [InlineData("9.1 escaped", "bar; baz=\"\\2\"", HttpFault.None)]
    [InlineData("7692 7.1 an offer with a fallback", "permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate", HttpFault.None)]
    public void Offers_follow_their_grammar(string rule, string value, HttpFault expected)
    {
        RequestHead head = Heads.Request("GET / HTTP/1.1", $"Sec-WebSocket-Extensions: {value}");
        Assert.True(expected == ExtensionOffers.Check(head.Fields), rule);
    }

    [Fact]
    public void Without_the_field_there_is_nothing_to_object_to() =>
        Assert.Equal(HttpFault.None, ExtensionOffers.Check(Heads.Request().Fields));

    [Fact]
    public void Parameters_come_one_by_one_with_their_values()
    {
        var offer = new ExtensionOffer("permessage-deflate; client_max_window_bits ;\tserver_max_window_bits=\"10\""u8);
        var log = new StringBuilder(Encoding.ASCII.GetString(offer.Name));
        while (offer.NextParameter())
            log.Append(' ').Append(Encoding.ASCII.GetString(offer.Parameter)).Append(offer.HasValue ? "=" + Encoding.ASCII.GetString(offer.Value) : "");
        Assert.Equal("permessage-deflate client_max_window_bits server_max_window_bits=10", log.ToString());
        Assert.True(offer.IsValid);
    }

    [Fact]
    public void An_escaped_value_keeps_its_escapes_and_so_equals_nothing_we_know()
    {
        var offer = new ExtensionOffer("a;b=\"1\\0\""u8);
        Assert.True(offer.NextParameter());
        Assert.Equal("1\\0", Encoding.ASCII.GetString(offer.Value));
    }
}
