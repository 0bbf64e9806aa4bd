using System.Text;
using RawLongPoll.Wire;

namespace RawLongPoll.Tests.Wire;

public class BatchWriterTests
{
    static string Write(string position, string cursor, params string[] items)
    {
        BatchWriter writer = new();
        writer.Begin(Encoding.UTF8.GetBytes(position));
        foreach (string item in items) writer.Messages(Encoding.UTF8.GetBytes(item));
        writer.End(Encoding.UTF8.GetBytes(cursor));
        string written = Encoding.UTF8.GetString(writer.Written);
        writer.Release();
        return written;
    }

    [Fact]
    public void The_answer_is_the_position_the_messages_and_the_cursor() => Assert.Equal(
        """{"from":"e-1","recovered":true,"messages":[{"data":"a"},{"data":"b"}],"cursor":"e-3.f-0"}""",
        Write("""{"from":"e-1","recovered":true}""", "e-3.f-0", """,{"data":"a"}""", """,{"data":"b"}"""));

    [Fact]
    public void Several_messages_may_come_as_one_block() => Assert.Equal(
        """{"from":"e-0","messages":[{"data":"a"},{"data":"b"},{"data":"c"}],"cursor":"e-3"}""",
        Write("""{"from":"e-0"}""", "e-3", """,{"data":"a"},{"data":"b"}""", """,{"data":"c"}"""));

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(70_000)]
    public void It_grows_with_what_is_written(int length)
    {
        string item = $$""",{"data":"{{new string('x', length)}}"}""";
        Assert.Equal($$"""{"from":"e-0","messages":[{{item[1..]}}{{item}}{{item}}],"cursor":"e-3"}""", Write("""{"from":"e-0"}""", "e-3", item, item, item));
    }

    [Fact]
    public void It_may_begin_anew()
    {
        BatchWriter writer = new();
        writer.Begin("""{"from":"e-0"}"""u8);
        writer.Messages(""",{"data":"a"}"""u8);
        writer.Begin("""{"from":"e-1"}"""u8);
        writer.Messages(""",{"data":"b"}"""u8);
        writer.End("e-2"u8);
        Assert.Equal("""{"from":"e-1","messages":[{"data":"b"}],"cursor":"e-2"}""", Encoding.UTF8.GetString(writer.Written));
        writer.Release();
        Assert.Equal(0, writer.Written.Length);
        writer.Release();
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("{\"data\":\"a\"}")]
    [InlineData(",[]")]
    public void What_is_no_item_is_refused(string item)
    {
        Assert.Throws<ArgumentException>(() => Write("""{"from":"e-0"}""", "e-1", item));
        Assert.Throws<ArgumentException>(() =>
        {
            BatchWriter writer = new();
            writer.Begin("""{"from":"e-1"}"""u8);
            writer.Message(Encoding.UTF8.GetBytes(item), "e-1"u8);
        });
    }

    [Fact]
    public void A_loss_may_be_told_without_any_message() => Assert.Equal(
        """{"from":"e-0","recovered":false,"reason":"unknown","messages":[],"cursor":"e-0"}""",
        Write("""{"from":"e-0","recovered":false,"reason":"unknown"}""", "e-0"));

    [Fact]
    public void A_message_may_carry_the_cursor_behind_it()
    {
        BatchWriter writer = new();
        writer.Begin("""{"from":"e-1.f-0"}"""u8);
        writer.Message(""",{"data":"a"}"""u8, "e-2.f-0"u8);
        writer.Message(""",{"data":"b"}"""u8, "e-2.f-1"u8);
        writer.End("e-2.f-1"u8);
        Assert.Equal(
            """{"from":"e-1.f-0","messages":[{"cursor":"e-2.f-0","data":"a"},{"cursor":"e-2.f-1","data":"b"}],"cursor":"e-2.f-1"}""",
            Encoding.UTF8.GetString(writer.Written));
    }

    [Theory]
    [InlineData("e\"1")]
    [InlineData("e\\1")]
    [InlineData("e-1,f-1")]
    [InlineData("e-1\n")]
    public void A_messages_cursor_that_would_break_the_JSON_is_refused(string cursor) => Assert.Throws<ArgumentException>(() =>
    {
        BatchWriter writer = new();
        writer.Begin("""{"from":"e-1"}"""u8);
        writer.Message(""",{"data":"a"}"""u8, Encoding.UTF8.GetBytes(cursor));
    });

    [Theory]
    [InlineData("{}", "e-1")]
    [InlineData("", "e-1")]
    [InlineData("[1234]", "e-1")]
    [InlineData("{\"a\":1}", "e\"1")]
    [InlineData("{\"a\":1}", "e\\1")]
    public void What_would_break_the_JSON_is_refused(string position, string cursor) => Assert.Throws<ArgumentException>(() => Write(position, cursor));
}
