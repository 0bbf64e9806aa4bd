using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class DecodingTablesTests
{
    [Fact]
    public void The_block_is_taken_once_and_given_back_once()
    {
        DecodingTables tables = default;
        Assert.Equal(0, tables.HeldBytes);
        tables.Take();
        tables.Take();
        Assert.Equal(8_192, tables.HeldBytes);
        Assert.Equal(316, tables.Lengths.Length);
        tables.Give();
        tables.Give();
        Assert.Equal(0, tables.HeldBytes);
    }

    [Fact]
    public void RFC_1951_3_2_6_The_fixed_codes_need_no_block()
    {
        DecodingTables tables = default;
        Assert.Equal((0, true), (tables.Literals(isFixed: true).Look(0b000_0000).Length - 7, tables.Literals(isFixed: true).Look(0b000_0000).IsEnd));
        Assert.Equal(24_577, tables.Distances(isFixed: true).Look(0b10111).Value); // 29, its first bit lowest
        Assert.True(tables.Distances(isFixed: true).Look(0b01111).IsUnknown);      // 30
    }

    [Fact]
    public void A_code_that_is_none_makes_no_table()
    {
        DecodingTables tables = default;
        tables.Take();
        Assert.Equal(DeflateFault.NotAPrefixCode, tables.BuildLengthCode([1, 1, 1]));
        Assert.Equal(DeflateFault.NotAPrefixCode, tables.Build([1, 1, 1], [1]));
        Assert.Equal(DeflateFault.NotAPrefixCode, tables.Build([1, 1], [1, 1, 1]));
        Assert.Equal(DeflateFault.None, tables.Build([1, 1], [1]));
        tables.Give();
    }
}
