using System.Text;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class DeflateOfferTests
{
    static string Read(string member, bool isAnswer) => DeflateOffer.TryRead(Encoding.ASCII.GetBytes(member), isAnswer, out DeflateOffer offer)
        ? $"{(offer.ServerNoContextTakeover ? "s" : "-")}{(offer.ClientNoContextTakeover ? "c" : "-")} {offer.ServerMaxWindowBits} {offer.ClientMaxWindowBits}"
        : "unusable";

    [Theory]
    [InlineData("7", "permessage-deflate", "-- 0 0")]
    [InlineData("7 names have no case", "Permessage-Deflate; SERVER_MAX_WINDOW_BITS=9", "-- 9 0")]
    [InlineData("7.1 all", "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=12", "sc 10 12")]
    [InlineData("7.1.2.1 the smallest", "permessage-deflate; server_max_window_bits=8", "-- 8 0")]
    [InlineData("7.1.2.1 the largest", "permessage-deflate; server_max_window_bits=15", "-- 15 0")]
    [InlineData("7.1.2.1 quoted", "permessage-deflate; server_max_window_bits=\"10\"", "-- 10 0")]
    [InlineData("7.1.2.1 too small", "permessage-deflate; server_max_window_bits=7", "unusable")]
    [InlineData("7.1.2.1 too large", "permessage-deflate; server_max_window_bits=16", "unusable")]
    [InlineData("7.1.2.1 a leading zero", "permessage-deflate; server_max_window_bits=010", "unusable")]
    [InlineData("7.1.2.1 a leading zero", "permessage-deflate; server_max_window_bits=08", "unusable")]
    [InlineData("7.1.2.1 a sign", "permessage-deflate; server_max_window_bits=+10", "unusable")]
    [InlineData("7.1.2.1 no number", "permessage-deflate; server_max_window_bits=1x", "unusable")]
    [InlineData("7.1.2.1 no number", "permessage-deflate; server_max_window_bits=x", "unusable")]
    [InlineData("7.1.2.1 escaped", "permessage-deflate; server_max_window_bits=\"1\\0\"", "unusable")]
    [InlineData("7.1.2.1 no value", "permessage-deflate; server_max_window_bits", "unusable")]
    [InlineData("7.1.2.2 a value beyond", "permessage-deflate; client_max_window_bits=99", "unusable")]
    [InlineData("7.1.1.1 a value", "permessage-deflate; server_no_context_takeover=1", "unusable")]
    [InlineData("7.1.1.2 a value", "permessage-deflate; client_no_context_takeover=true", "unusable")]
    [InlineData("7 repeated", "permessage-deflate; server_no_context_takeover; server_no_context_takeover", "unusable")]
    [InlineData("7 repeated with a value", "permessage-deflate; client_no_context_takeover; client_no_context_takeover=1", "unusable")]
    [InlineData("7 repeated", "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10", "unusable")]
    [InlineData("7 repeated, another value", "permessage-deflate; client_max_window_bits=10; client_max_window_bits=9", "unusable")]
    [InlineData("7 unknown", "permessage-deflate; window=10", "unusable")]
    [InlineData("7 another extension", "permessage-bzip2", "unusable")]
    [InlineData("9.1 broken behind a good one", "permessage-deflate; server_max_window_bits=10;", "unusable")]
    public void Parameters_are_taken_by_their_grammar(string rule, string member, string expected)
    {
        Assert.True(expected == Read(member, isAnswer: false), rule);
        Assert.True(expected == Read(member, isAnswer: true), rule);
    }

    [Theory]
    [InlineData("7.1.2.2 an offer may leave it open", false, "-- 0 15")]
    [InlineData("7.1.2.2 an answer may not", true, "unusable")]
    public void A_clients_window_needs_a_value_in_answers_only(string rule, bool isAnswer, string expected)
    {
        Assert.True(expected == Read("permessage-deflate; client_max_window_bits", isAnswer), rule);
        Assert.True("unusable" == Read("permessage-deflate; client_max_window_bits; client_max_window_bits", isAnswer), rule);
    }
}
