using System.Text;
using RawSse.Wire;

namespace RawSse.Tests.Wire;

public class ByteTextTests
{
    readonly ByteText text = new();

    string Text => Encoding.ASCII.GetString(text.Span);

    [Fact]
    public void What_is_appended_follows_what_was_there()
    {
        text.Append("ab"u8);
        text.Append([]);
        text.Append("cd"u8, (byte)'\n');
        text.Append([], (byte)'\n');
        Assert.Equal("abcd\n\n", Text);
        Assert.Equal(6, text.Length);
    }

    /// <summary>The sizes meet the first block's end exactly, pass it by one, and pass its double.</summary>
    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void It_grows_and_keeps_its_bytes(int size)
    {
        string first = new('x', size), second = new('y', size);
        text.Append(Encoding.ASCII.GetBytes(first), (byte)'.');
        text.Append(Encoding.ASCII.GetBytes(second));
        text.Append([], (byte)'!');
        Assert.Equal($"{first}.{second}!", Text);
    }

    [Fact]
    public void Setting_replaces_all_of_it()
    {
        text.Append("longer than that"u8);
        text.Set("short"u8);
        Assert.Equal("short", Text);
        text.Set([]);
        Assert.Equal("", Text);
    }

    [Fact]
    public void The_last_byte_can_be_taken_back()
    {
        text.Append("data"u8, (byte)'\n');
        text.RemoveLast();
        Assert.Equal("data", Text);
        text.Append("s"u8);
        Assert.Equal("datas", Text);
    }

    [Fact]
    public void A_cleared_text_is_empty_and_grows_no_more_up_to_its_old_length()
    {
        byte[] bytes = new byte[1000];
        void FillAgain()
        {
            text.Clear();
            text.Append(bytes.AsSpan(1), 1);
        }

        FillAgain();
        long before = GC.GetAllocatedBytesForCurrentThread();
        FillAgain();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1000, text.Length);
        text.Clear();
        Assert.True(text.Span.IsEmpty);
    }

    /// <summary>Growing by just what is needed would copy a long event of short lines once per line.</summary>
    [Fact]
    public void Many_small_pieces_cost_few_growths()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) text.Append("a"u8);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 10_000, 50_000);
    }
}
