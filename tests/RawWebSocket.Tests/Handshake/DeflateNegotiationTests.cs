using System.Text;
using RawHttp.Wire;
using RawWebSocket.Deflate;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class DeflateNegotiationTests
{
    const string Both = "; server_no_context_takeover; client_no_context_takeover";
    static readonly DeflateOptions Keeping = new() { ServerContextTakeover = true, ClientContextTakeover = true };

    static FieldLines Offering(params string[] offers) =>
        Heads.Request("GET / HTTP/1.1", [.. offers.Select(offer => $"Sec-WebSocket-Extensions: {offer}")]).Fields;

    static string Answer(DeflateOptions? ours, params string[] offers)
    {
        DeflateParameters? agreed = DeflateNegotiation.Choose(Offering(offers), ours, out byte[] answer);
        Assert.Equal(agreed is null, answer.Length == 0);
        return Encoding.ASCII.GetString(answer);
    }

    [Theory]
    [InlineData("7.1.1 what is not kept is said unasked", "permessage-deflate", "permessage-deflate" + Both)]
    [InlineData("7.1.2.1 what is asked is answered", "permessage-deflate; server_max_window_bits=15", "permessage-deflate" + Both + "; server_max_window_bits=15")]
    [InlineData("7.1.2.1 and met", "permessage-deflate; server_max_window_bits=8", "permessage-deflate" + Both + "; server_max_window_bits=8")]
    [InlineData("7.1.2.2 a hint needs no answer", "permessage-deflate; client_max_window_bits", "permessage-deflate" + Both)]
    [InlineData("7.1.2.2 a small window is confirmed", "permessage-deflate; client_max_window_bits=9", "permessage-deflate" + Both + "; client_max_window_bits=9")]
    [InlineData("5 an unknown extension is passed over", "x-other, permessage-deflate; server_max_window_bits=10", "permessage-deflate" + Both + "; server_max_window_bits=10")]
    [InlineData("5.1 the first usable offer", "permessage-deflate; server_max_window_bits=7, permessage-deflate; server_max_window_bits=9, permessage-deflate", "permessage-deflate" + Both + "; server_max_window_bits=9")]
    [InlineData("7 unusable ones are declined", "permessage-deflate; server_max_window_bits=010, permessage-deflate; x=1", "")]
    [InlineData("5 nothing we know", "x-webkit-deflate-frame", "")]
    public void By_default_no_context_is_kept(string rule, string offer, string expected) => Assert.True(expected == Answer(DeflateOptions.Default, offer), rule);

    [Theory]
    [InlineData("7.1.1.1", "permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover")]
    [InlineData("7.1.1.2", "permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover")]
    [InlineData("7.1.1", "permessage-deflate", "permessage-deflate")]
    public void A_server_that_keeps_context_gives_it_up_when_asked(string rule, string offer, string expected) => Assert.True(expected == Answer(Keeping, offer), rule);

    [Fact]
    public void RFC_7692_7_1_2_2_a_client_that_does_not_offer_to_be_asked_is_not_asked()
    {
        DeflateOptions small = Keeping with { ServerMaxWindowBits = 9, ClientMaxWindowBits = 10 };
        Assert.Equal("permessage-deflate; server_max_window_bits=9", Answer(small, "permessage-deflate"));
        Assert.Equal("permessage-deflate; server_max_window_bits=9; client_max_window_bits=10", Answer(small, "permessage-deflate; client_max_window_bits"));
        Assert.Equal("permessage-deflate; server_max_window_bits=8; client_max_window_bits=9", Answer(small, "permessage-deflate; client_max_window_bits=9; server_max_window_bits=8"));
        Assert.Equal(new(false, false, 9, 15), DeflateNegotiation.Choose(Offering("permessage-deflate"), small, out _));
    }

    [Fact]
    public void Offers_may_come_in_several_lines() =>
        Assert.Equal("permessage-deflate" + Both + "; server_max_window_bits=11", Answer(DeflateOptions.Default, "permessage-deflate; x", "permessage-deflate; server_max_window_bits=11"));

    [Fact]
    public void Who_wants_no_compression_declines_all() => Assert.Equal("", Answer(null, "permessage-deflate"));

    [Fact]
    public void Our_offer_says_what_we_want_and_lets_the_server_ask_for_a_smaller_window()
    {
        Assert.Equal("permessage-deflate" + Both + "; client_max_window_bits", Encoding.ASCII.GetString(DeflateNegotiation.Offer(DeflateOptions.Default)));
        Assert.Equal("permessage-deflate; client_max_window_bits", Encoding.ASCII.GetString(DeflateNegotiation.Offer(Keeping)));
        Assert.Equal(
            "permessage-deflate; server_max_window_bits=8; client_max_window_bits=9",
            Encoding.ASCII.GetString(DeflateNegotiation.Offer(Keeping with { ServerMaxWindowBits = 8, ClientMaxWindowBits = 9 })));
    }

    static (OpeningFault Fault, DeflateParameters? Agreed) Judge(DeflateOptions? ours, params string[] answers)
    {
        ResponseHead head = Heads.Response("HTTP/1.1 101 x", [.. answers.Select(answer => $"Sec-WebSocket-Extensions: {answer}")]);
        return (DeflateNegotiation.Check(head.Fields, ours, out DeflateParameters? agreed), agreed);
    }

    [Theory] // the offer: server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12; client_max_window_bits=11
    [InlineData("7.1 as offered", "permessage-deflate; server_no_context_takeover; server_max_window_bits=12", OpeningFault.None)]
    [InlineData("7.1.2 smaller windows", "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=10", OpeningFault.None)]
    [InlineData("7.1.1.1 context was not to be kept", "permessage-deflate; server_max_window_bits=9", OpeningFault.BadExtensionAnswer)]
    [InlineData("7.1.2.1 a larger window than offered", "permessage-deflate; server_no_context_takeover; server_max_window_bits=13", OpeningFault.BadExtensionAnswer)]
    [InlineData("7.1.2.1 the offered window not confirmed", "permessage-deflate; server_no_context_takeover", OpeningFault.BadExtensionAnswer)]
    [InlineData("7.1.2.2 a larger window than offered", "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=12", OpeningFault.BadExtensionAnswer)]
    [InlineData("7.1.2.2 no value", "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits", OpeningFault.BadExtensionAnswer)]
    [InlineData("7.1.2.2 no number", "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=010", OpeningFault.BadExtensionAnswer)]
    [InlineData("7 unknown parameter", "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; x", OpeningFault.BadExtensionAnswer)]
    [InlineData("9.1 broken grammar", "permessage-deflate;", OpeningFault.BadExtensionAnswer)]
    [InlineData("9.1 not offered", "x-other", OpeningFault.UnaskedExtension)]
    [InlineData("9.1 twice", "permessage-deflate; server_no_context_takeover; server_max_window_bits=9, permessage-deflate", OpeningFault.UnaskedExtension)]
    public void An_answer_must_fit_the_offer(string rule, string answer, OpeningFault expected) =>
        Assert.True(expected == Judge(new() { ServerMaxWindowBits = 12, ClientMaxWindowBits = 11 }, answer).Fault, rule);

    [Fact]
    public void What_was_not_offered_is_refused() => Assert.Equal(OpeningFault.UnaskedExtension, Judge(null, "permessage-deflate").Fault);

    [Fact]
    public void What_holds_is_told()
    {
        Assert.Null(Judge(Keeping).Agreed);
        Assert.Equal(new(false, false, 15, 15), Judge(Keeping, "permessage-deflate").Agreed);
        Assert.Equal(new(true, true, 9, 10), Judge(Keeping, "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=10").Agreed);
        Assert.Equal(new(true, true, 15, 11), Judge(DeflateOptions.Default with { ClientMaxWindowBits = 11 }, "permessage-deflate; server_no_context_takeover").Agreed);
    }
}
