using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class EncodingCodeTests
{
    /// <summary>RFC 1951 §3.2.2's example: ABCDEFGH with 3, 3, 3, 3, 3, 2, 4 and 4 bits.</summary>
    [Fact]
    public void The_example_of_RFC_1951_3_2_2_has_its_codes()
    {
        uint[] codes = new uint[9];
        EncodingCode.Assign([3, 3, 3, 3, 3, 0, 2, 4, 4], codes);
        string[] written = [.. codes.Select(code => string.Concat(Enumerable.Range(0, (int)(code >> EncodingCode.CountShift)).Select(bit => (code >> bit) & 1)))];
        Assert.Equal(["010", "011", "100", "101", "110", "", "00", "1110", "1111"], written);
    }
}
