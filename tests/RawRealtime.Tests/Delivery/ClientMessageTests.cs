using System.Text;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

/// <summary>docs/contract.md, WebSocket: what a client may say. What is refused on an open connection is in CursorSocketTests.</summary>
public sealed class ClientMessageTests
{
    static CursorFault Read(string text, out ClientMessage message) => ClientMessage.Read(Encoding.UTF8.GetBytes(text), out message);

    [Fact]
    public void Every_member_is_read()
    {
        Assert.Equal(CursorFault.None, Read("""{"ref":"r","type":"publish","channel":"a","data":"d","encoding":"base64","event":"e","cursor":"c"}""", out ClientMessage message));
        Assert.Equal(new ClientMessage(ClientMessageType.Publish, "\"r\"", "a", "d", "base64", "e", "c"), message);
    }

    [Theory]
    [InlineData("publish", ",\"data\":\"\"", nameof(ClientMessageType.Publish))]
    [InlineData("subscribe", "", nameof(ClientMessageType.Subscribe))]
    [InlineData("unsubscribe", "", nameof(ClientMessageType.Unsubscribe))]
    [InlineData("ping", "", nameof(ClientMessageType.Ping))]
    public void There_are_four_types(string name, string rest, string expected)
    {
        Assert.Equal(CursorFault.None, Read($$"""{"type":"{{name}}"{{rest}}}""", out ClientMessage message));
        Assert.Equal(expected, $"{message.Type}");
    }

    [Theory]
    [InlineData("1", 1_000L)]
    [InlineData("31536000", 31_536_000_000L)]
    [InlineData("null", null)]
    [InlineData("0", null, nameof(CursorFault.BadTtl))]
    [InlineData("-1", null, nameof(CursorFault.BadTtl))]
    [InlineData("1.5", null, nameof(CursorFault.BadTtl))]
    [InlineData("31536001", null, nameof(CursorFault.BadTtl))]
    [InlineData("1e400", null, nameof(CursorFault.BadTtl))]
    [InlineData("\"1\"", null, nameof(CursorFault.BadTtl))]
    [InlineData("true", null, nameof(CursorFault.BadTtl))]
    [InlineData("[1]", null, nameof(CursorFault.BadTtl))]
    public void A_ttl_is_whole_seconds_of_a_publish(string ttl, long? milliseconds, string expected = nameof(CursorFault.None))
    {
        Assert.Equal(expected, $"{Read($$"""{"type":"publish","channel":"a","data":"","ttl":{{ttl}}}""", out ClientMessage message)}");
        Assert.Equal(milliseconds, message.Ttl?.Milliseconds);
        Assert.Equal(CursorFault.None, Read($$"""{"type":"subscribe","channel":"a","ttl":{{ttl}}}""", out _));
    }

    [Fact]
    public void Members_of_later_versions_are_passed_over() =>
        Assert.Equal(CursorFault.None, Read("""{"type":"subscribe","channel":"a","later":1}""", out _));

    [Fact]
    public void A_mark_is_bounded()
    {
        string Marked(int length) => $$"""{"type":"subscribe","channel":"a","ref":"{{new string('r', length)}}"}""";
        Assert.Equal(CursorFault.None, Read(Marked(126), out _));
        Assert.Equal(CursorFault.BadMessage, Read(Marked(127), out ClientMessage message));
        Assert.Null(message.Ref);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void A_mark_is_a_string_or_a_number(string mark) => Assert.Equal(CursorFault.BadMessage, Read($$"""{"type":"subscribe","channel":"a","ref":{{mark}}}""", out _));
}
