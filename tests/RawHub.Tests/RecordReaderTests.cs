namespace RawHub.Tests;

public class RecordReaderTests
{
    [Fact]
    public void Fields_are_read_in_their_order()
    {
        Span<byte> bytes = stackalloc byte[64];
        RecordWriter writer = new(bytes);
        writer.Byte(9);
        writer.Int(-2);
        writer.Long(long.MaxValue);
        writer.Epoch(HubFixture.EpochNumber(3));
        writer.Text("né");
        writer.Raw([1, 2]);
        RecordReader reader = new(bytes[..writer.Length]);
        Assert.Equal((9, -2, long.MaxValue), (reader.Byte(), reader.Int(), reader.Long()));
        Assert.Equal(HubFixture.EpochNumber(3), reader.Epoch());
        Assert.Equal("né", reader.Text());
        Assert.Equal([1, 2], reader.Rest().ToArray());
        Assert.True(reader.IsSound);
    }

    [Fact]
    public void Beyond_the_end_there_are_zeros_and_it_says_so()
    {
        RecordReader reader = new([1, 2]);
        Assert.Equal((0, 0), (reader.Int(), reader.Byte()));
        Assert.False(reader.IsSound);
    }

    [Theory]
    [InlineData("E0000001")]
    [InlineData("e000 001")]
    public void What_is_no_epoch_is_unsound(string text)
    {
        RecordReader reader = new(System.Text.Encoding.ASCII.GetBytes(text));
        reader.Epoch();
        Assert.False(reader.IsSound);
    }
}
