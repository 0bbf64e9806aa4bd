using System.Text;
using RawHub;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

public sealed class CursorMessagesTests
{
    static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    [Fact]
    public void A_position_names_its_channel_only_when_it_is_about_one()
    {
        Position position = new("epoch001-0", 1);
        Assert.Equal("""{"type":"position","from":"epoch001-0","recovered":true}""", Text(CursorMessages.Position(position, null, null)));
        Assert.Equal("""{"type":"position","ref":1,"channel":"a","from":"epoch001-0","recovered":true}""", Text(CursorMessages.Position(position, "a", "1")));
    }

    [Fact]
    public void A_mark_comes_back_as_it_was_written() =>
        Assert.Equal("""{"type":"ack","ref":1.50e3,"channel":"a"}""", Text(CursorMessages.Ack("1.50e3", "a")));

    [Fact]
    public void An_error_has_code_and_detail_and_names_a_lost_channel() => Assert.Equal(
        """{"type":"error","ref":"r","code":"channel-deleted","detail":"The channel was deleted; nothing more comes from it.","channel":"a"}""",
        Text(CursorMessages.Error(CursorFault.ChannelDeleted, "\"r\"", "a")));
}
