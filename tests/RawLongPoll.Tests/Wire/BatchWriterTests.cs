using System.Buffers;
using System.Text;
using RawLongPoll.Wire;

namespace RawLongPoll.Tests.Wire;

public class BatchWriterTests
{
    static string Write(string position, string cursor, params string[] messages)
    {
        ArrayBufferWriter<byte> buffer = new();
        BatchWriter writer = new(buffer);
        writer.Begin(Encoding.UTF8.GetBytes(position));
        foreach (string message in messages) writer.Message(Encoding.UTF8.GetBytes(message));
        writer.End(Encoding.UTF8.GetBytes(cursor));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    [Fact]
    public void The_answer_is_the_position_the_messages_and_the_cursor() => Assert.Equal(
        """{"from":"e-1","recovered":true,"messages":[{"data":"a"},{"data":"b"}],"cursor":"e-3.f-0"}""",
        Write("""{"from":"e-1","recovered":true}""", "e-3.f-0", """{"data":"a"}""", """{"data":"b"}"""));

    [Fact]
    public void A_loss_may_be_told_without_any_message() => Assert.Equal(
        """{"from":"e-0","recovered":false,"reason":"unknown","messages":[],"cursor":"e-0"}""",
        Write("""{"from":"e-0","recovered":false,"reason":"unknown"}""", "e-0"));

    [Fact]
    public void A_message_may_carry_the_cursor_behind_it()
    {
        ArrayBufferWriter<byte> buffer = new();
        BatchWriter writer = new(buffer);
        writer.Begin("""{"from":"e-1.f-0"}"""u8);
        writer.Message("""{"data":"a"}"""u8, "e-2.f-0"u8);
        writer.Message("""{"data":"b"}"""u8, "e-2.f-1"u8);
        writer.End("e-2.f-1"u8);
        Assert.Equal(
            """{"from":"e-1.f-0","messages":[{"cursor":"e-2.f-0","data":"a"},{"cursor":"e-2.f-1","data":"b"}],"cursor":"e-2.f-1"}""",
            Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData("e\"1")]
    [InlineData("e\\1")]
    [InlineData("e-1,f-1")]
    [InlineData("e-1\n")]
    public void A_messages_cursor_that_would_break_the_JSON_is_refused(string cursor) => Assert.Throws<ArgumentException>(() =>
    {
        BatchWriter writer = new(new ArrayBufferWriter<byte>());
        writer.Begin("""{"from":"e-1"}"""u8);
        writer.Message("""{"data":"a"}"""u8, Encoding.UTF8.GetBytes(cursor));
    });

    [Theory]
    [InlineData("{}", "e-1")]
    [InlineData("", "e-1")]
    [InlineData("[1234]", "e-1")]
    [InlineData("{\"a\":1}", "e\"1")]
    [InlineData("{\"a\":1}", "e\\1")]
    public void What_would_break_the_JSON_is_refused(string position, string cursor) => Assert.Throws<ArgumentException>(() => Write(position, cursor));
}
