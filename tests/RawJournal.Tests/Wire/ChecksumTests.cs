using System.Text;
using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

public sealed class ChecksumTests
{
    /// <summary>RFC 3720 §B.4 lists the last four; the first is the check value of every catalogue.</summary>
    public static TheoryData<byte[], uint> Known => new()
    {
        { Encoding.ASCII.GetBytes("123456789"), 0xE3069283 },
        { [], 0 },
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void It_is_CRC_32C(byte[] bytes, uint checksum) => Assert.Equal(checksum, Checksum.Of(bytes));

    [Fact]
    public void It_is_the_same_in_pieces()
    {
        byte[] bytes = [.. Enumerable.Range(0, 40).Select(i => (byte)(7 * i))];
        for (int cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(Checksum.Of(bytes), ~Checksum.Add(Checksum.Add(Checksum.Start, bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
    }

    [Fact]
    public void A_number_counts_as_its_eight_bytes() =>
        Assert.Equal(Checksum.Of([0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x23, 0x01]), ~Checksum.Add(Checksum.Start, 0x0123456789ABCDEF));
}
