using System.Buffers;
using System.Text;
using CsCheck;
using RawHttp.Wire;
using RawSse.Wire;

namespace RawSse.Tests.Wire;

public class EventWriterTests
{
    const string Pieces = "ab\r\n\r\n: \0é";

    static byte[] Write(in OutgoingEvent outgoing)
    {
        byte[] bytes = new byte[EventWriter.LengthOf(outgoing)];
        Assert.Equal(bytes.Length, EventWriter.Write(outgoing, bytes));
        ArrayBufferWriter<byte> buffer = new();
        EventWriter.Write(outgoing, buffer);
        Assert.Equal(bytes, buffer.WrittenSpan);
        return bytes;
    }

    static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    [Fact]
    public void An_event_is_id_name_and_data_lines_and_an_empty_line() => Assert.Equal(
        "id: e-1\nevent: greet\ndata: hello\n\n",
        Text(Write(new("hello"u8) { HasId = true, Id = "e-1"u8, Name = "greet"u8 })));

    [Theory]
    [InlineData("", "data: \n\n")]
    [InlineData("a\nb", "data: a\ndata: b\n\n")]
    [InlineData("a\rb", "data: a\ndata: b\n\n")]
    [InlineData("a\r\nb", "data: a\ndata: b\n\n")]
    [InlineData("a\n\rb", "data: a\ndata: \ndata: b\n\n")]
    [InlineData("a\n", "data: a\ndata: \n\n")]
    [InlineData("\r\r\n", "data: \ndata: \ndata: \n\n")]
    [InlineData(" a", "data:  a\n\n")]
    [InlineData("id: 9", "data: id: 9\n\n")]
    public void LF_CR_and_CRLF_each_end_a_data_line(string data, string expected) => Assert.Equal(expected, Text(Write(new(Encoding.UTF8.GetBytes(data)))));

    [Fact]
    public void Bytes_are_one_line_of_base64() => Assert.Equal("data: AAr/\n\n", Text(Write(new([0, 10, 255]) { IsBase64 = true })));

    [Fact]
    public void An_empty_id_is_written_when_it_is_meant() => Assert.Equal("id: \ndata: a\n\n", Text(Write(new("a"u8) { HasId = true })));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void What_would_break_out_of_its_line_is_refused(string breaking)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(breaking);
        Assert.Throws<ArgumentException>(() => Write(new("x"u8) { HasId = true, Id = bytes }));
        Assert.Throws<ArgumentException>(() => Write(new("x"u8) { Name = bytes }));
        Assert.Throws<ArgumentException>(() => EventWriter.WriteComment(bytes, new byte[99]));
        Assert.Throws<ArgumentException>(() => EventWriter.WriteId(bytes, new byte[99]));
    }

    [Fact]
    public void Retry_and_comments_are_blocks_of_their_own()
    {
        byte[] bytes = new byte[EventWriter.MaxRetryLength];
        Assert.Equal("retry: 2500\n\n", Text(bytes.AsSpan(0, EventWriter.WriteRetry(2500, bytes))));
        Assert.Equal(bytes.Length, EventWriter.WriteRetry(int.MaxValue, bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventWriter.WriteRetry(-1, new byte[99]));
        Assert.Equal(":hi\n\n", Text(bytes.AsSpan(0, EventWriter.WriteComment("hi"u8, bytes))));
        Assert.Equal(":\n\n", Text(EventWriter.KeepAlive));
    }

    [Theory]
    [InlineData("", "id: \n\n")]
    [InlineData("e-1", "id: e-1\n\n")]
    [InlineData(" : é", "id:  : é\n\n")]
    public void HTML_9_2_6_an_id_alone_is_remembered_and_dispatches_nothing(string id, string expected)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(id), bytes = new byte[utf8.Length + EventWriter.IdBlockBytes];
        Assert.Equal(bytes.Length, EventWriter.WriteId(utf8, bytes));
        Assert.Equal(expected, Text(bytes));
        EventReader reader = new();
        Assert.Equal(ReadStatus.Done, reader.Read("id: old\ndata\n\n"u8, out _));
        Assert.Equal(ReadStatus.NeedMore, reader.Read(bytes, out _));
        Assert.Equal(id, reader.LastId);
    }

    [Fact]
    public void What_is_written_is_read_back_with_every_line_end_as_LF()
    {
        Gen<string> text = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 20].Select(chars => new string(chars));
        Gen.Select(text, text, text).Sample((data, name, id) =>
        {
            (name, id) = (OneLine(name), OneLine(id));
            byte[] bytes = Write(new(Encoding.UTF8.GetBytes(data)) { Name = Encoding.UTF8.GetBytes(name), HasId = true, Id = Encoding.UTF8.GetBytes(id) });
            EventReader reader = new();
            Assert.Equal(ReadStatus.Done, reader.Read(bytes, out int consumed));
            Assert.Equal(bytes.Length, consumed);
            Assert.Equal(data.ReplaceLineEndings("\n").Replace('\r', '\n'), reader.DataText);
            Assert.Equal((name.Length == 0 ? "message" : name, id), (reader.Name, reader.LastId));
        });
    }

    static string OneLine(string text) => string.Concat(text.Where(c => c is not ('\r' or '\n' or '\0')));

    [Fact]
    public void Writing_and_reading_allocate_nothing_when_warm()
    {
        byte[] bytes = new byte[100];
        EventReader reader = new();
        void Turn()
        {
            int length = EventWriter.Write(new OutgoingEvent("a\nb"u8) { HasId = true, Id = "e-1"u8 }, bytes);
            reader.Read(bytes.AsSpan(0, length), out _);
        }
        for (int i = 0; i < 100; i++) Turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Turn();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
