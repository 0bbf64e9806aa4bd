using RawHttp.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class FrameHeaderTests
{
    public static TheoryData<string, string, byte, bool, ulong, uint> Headers => new()
    {
        // RFC 6455            header (hex)                     first  masked payload               key, first byte lowest
        { "5.2 short",         "81 05",                         0x81,  false, 5,                    0 },
        { "5.2 masked",        "81 85 37FA213D",                0x81,  true,  5,                    0x3D21FA37 },
        { "5.2 at most 125",   "82 7D",                         0x82,  false, 125,                  0 },
        { "5.2 two bytes",     "82 7E 0100",                    0x82,  false, 256,                  0 },
        { "5.2 two, masked",   "82 FE FFFF 01020304",           0x82,  true,  65535,                0x04030201 },
        { "5.2 eight bytes",   "82 7F 0000000000010000",        0x82,  false, 65536,                0 },
        { "5.2 all reserved",  "FF FF FFFFFFFFFFFFFFFF FFFFFFFF", 0xFF, true, ulong.MaxValue,       uint.MaxValue },
        { "5.2 not minimal",   "82 7E 0001",                    0x82,  false, 1,                    0 },
    };

    [Theory, MemberData(nameof(Headers))]
    public void A_header_is_read_and_written_back_as_it_was(string rule, string hex, byte first, bool masked, ulong length, uint key)
    {
        byte[] bytes = Bytes.Of(hex);
        Assert.True(FrameHeader.Read(bytes, out FrameHeader header, out int consumed) == ReadStatus.Done, rule);
        Assert.Equal((first, masked, length, key), (header.FirstByte, header.IsMasked, header.PayloadLength, header.MaskKey));
        Assert.Equal(bytes.Length, consumed);

        byte[] written = new byte[FrameHeader.MaxBytes];
        Assert.Equal(bytes.Length, header.Write(written));
        Assert.Equal(bytes, written[..bytes.Length]);
    }

    [Theory, MemberData(nameof(Headers))]
    public void Every_proper_prefix_needs_more_and_trailing_bytes_stay(string rule, string hex, byte first, bool masked, ulong length, uint key)
    {
        byte[] bytes = Bytes.Of(hex);
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            Assert.True(FrameHeader.Read(bytes.AsSpan(0, cut), out FrameHeader none, out int consumed) == ReadStatus.NeedMore, rule);
            Assert.Equal((default, 0), (none, consumed));
        }
        FrameHeader.Read([.. bytes, 0xA5, 0xA5], out FrameHeader header, out int spent);
        Assert.Equal((bytes.Length, first, masked, length, key), (spent, header.FirstByte, header.IsMasked, header.PayloadLength, header.MaskKey));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(125, 2)]
    [InlineData(126, 4)]
    [InlineData(65535, 4)]
    [InlineData(65536, 10)]
    [InlineData(int.MaxValue, 10)]
    public void A_header_to_be_written_takes_the_shortest_form(int payload, int size)
    {
        var header = FrameHeader.Of(Opcode.Binary, isFinal: true, payload);
        Assert.Equal((size, size, false), (header.Size, FrameHeader.SizeFor(payload, isMasked: false), header.IsLongerThanNeeded));
        var masked = FrameHeader.Of(Opcode.Binary, isFinal: true, payload, maskKey: 7);
        Assert.Equal((size + 4, size + 4), (masked.Size, FrameHeader.SizeFor(payload, isMasked: true)));
    }

    [Fact]
    public void The_first_byte_is_taken_apart_as_the_rfc_draws_it()
    {
        var header = new FrameHeader(0b1100_1001, false, 0, 0, 0);
        Assert.Equal((true, true, false, Opcode.Ping, true), (header.IsFinal, header.Rsv1, header.Rsv2Or3, header.Opcode, header.IsControl));
        header = new FrameHeader(0b0011_0010, false, 0, 0, 0);
        Assert.Equal((false, false, true, Opcode.Binary, false), (header.IsFinal, header.Rsv1, header.Rsv2Or3, header.Opcode, header.IsControl));
    }

    [Fact]
    public void A_negative_length_is_the_callers_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameHeader.Of(Opcode.Text, true, -1));
}
