using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class FieldLineWriterTests
{
    [Theory]
    [InlineData("", "b")]
    [InlineData("A:", "b")]
    [InlineData("A b", "c")]
    [InlineData("A\r\nB", "c")]
    [InlineData("A", "b\r\nC: d")]
    [InlineData("A", "b\rc")]
    [InlineData("A", "b\nc")]
    [InlineData("A", "b\0")]
    [InlineData("A", "\x7F")]
    [InlineData("A", "\x01")]
    [InlineData("A", " b")]
    [InlineData("A", "b\t")]
    public void What_would_break_out_of_a_field_is_not_written(string name, string value) =>
        Assert.Throws<ArgumentException>(() => FieldLineWriter.Write(new byte[64], Bytes.Of(name), Bytes.Of(value)));

    [Fact]
    public void The_length_is_known_before()
    {
        byte[] block = new byte[8];
        Assert.Equal(8, FieldLineWriter.LengthOf("ab"u8, "cd"u8));
        Assert.Equal(8, FieldLineWriter.Write(block, "ab"u8, "cd"u8));
        Assert.Equal("ab: cd\r\n", Bytes.Text(block));
        Assert.Throws<ArgumentException>(() => FieldLineWriter.Write(new byte[7], "ab"u8, "cd"u8));
    }

    [Theory]
    [InlineData("b\r\nC: d")]
    [InlineData("b\0")]
    [InlineData(" b")]
    [InlineData("b\t")]
    [InlineData("\t")]
    public void Behind_a_name_of_ours_the_value_is_judged_the_same(string value) =>
        Assert.Throws<ArgumentException>(() => FieldLineWriter.WriteOwn(new byte[64], "A: "u8, Bytes.Of(value)));

    [Theory]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("b c\td")]
    public void Behind_a_name_of_ours_the_line_is_the_same(string value)
    {
        byte[] judged = new byte[64], own = new byte[64];
        int length = FieldLineWriter.Write(judged, "Ab"u8, Bytes.Of(value));
        Assert.Equal(length, FieldLineWriter.WriteOwn(own, "Ab: "u8, Bytes.Of(value)));
        Assert.Equal(judged, own);
        Assert.Throws<ArgumentException>(() => FieldLineWriter.WriteOwn(new byte[length - 1], "Ab: "u8, Bytes.Of(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(1_234_567)]
    [InlineData(long.MaxValue)]
    public void Behind_a_name_of_ours_a_number_is_the_same(long value)
    {
        byte[] judged = new byte[64], own = new byte[64];
        Assert.Equal(FieldLineWriter.Write(judged, "Ab"u8, value), FieldLineWriter.WriteOwn(own, "Ab: "u8, value));
        Assert.Equal(judged, own);
        Assert.Throws<ArgumentException>(() => FieldLineWriter.WriteOwn(new byte[8], "Ab: "u8, value));
    }

    [Fact]
    public void The_longest_number_fits_its_bound()
    {
        byte[] block = new byte[1 + FieldLineWriter.MaxNumberBytes];
        Assert.Equal(block.Length, FieldLineWriter.Write(block, "a"u8, long.MinValue));
    }
}
