using System.IO.Compression;
using RawWebSocket.Deflate;

namespace RawWebSocket.Tests.Deflate;

public sealed class InflaterTests
{
    static readonly byte[] FixedCode = [.. Enumerable.Range(0, 288).Select(s => (byte)(s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8))];
    static readonly byte[] FixedDistances = [.. Enumerable.Repeat((byte)5, 32)];

    // The codes of a block: 'a' and the end of the block with 2 bits, a match of 3 bytes with 1.
    static readonly byte[] Own = Bits.Lengths(258, (97, 2), (256, 2), (257, 1));

    static Bits OwnHead(params byte[] distances)
    {
        Bits bits = new Bits().Head(258, distances.Length, Bits.ZeroOneTwo).Zeros(97, Bits.ZeroOneTwo).Code(Bits.ZeroOneTwo, 2).Zeros(158, Bits.ZeroOneTwo);
        bits.Code(Bits.ZeroOneTwo, 2).Code(Bits.ZeroOneTwo, 1);
        foreach (byte length in distances) bits.Code(Bits.ZeroOneTwo, length);
        return bits;
    }

    static Bits Fixed() => new Bits().Put(0b010, 3);

    public static TheoryData<string, DeflateFault, byte[]> Refused => new()
    {
        { "RFC 1951 §3.2.3: type 3", DeflateFault.ReservedBlockType, new Bits().Put(0b110, 3).Bytes },
        { "RFC 1951 §3.2.3: type 3 in a last block", DeflateFault.ReservedBlockType, new Bits().Put(0b111, 3).Bytes },
        { "RFC 1951 §3.2.4: NLEN is not LEN inverted", DeflateFault.StoredLengthMismatch, [0, 5, 0, 0xFA, 0xFE] },
        { "RFC 1951 §3.2.4: NLEN is LEN", DeflateFault.StoredLengthMismatch, [0, 5, 0, 5, 0] },
        { "RFC 1951 §3.2.7: 287 literals and lengths", DeflateFault.TooManyCodes, new Bits().Head(287, 1, Bits.AllRuns).Bytes },
        { "RFC 1951 §3.2.7: 31 distances", DeflateFault.TooManyCodes, new Bits().Head(257, 31, Bits.AllRuns).Bytes },
        { "RFC 1951 §3.2.7: nothing to repeat", DeflateFault.BadLengthRun, new Bits().Head(257, 1, Bits.AllRuns).Code(Bits.AllRuns, 16).Put(0, 2).Bytes },
        { "RFC 1951 §3.2.7: zeros beyond the last length", DeflateFault.BadLengthRun, new Bits().Head(257, 1, Bits.AllRuns).Zeros(138, Bits.AllRuns).Zeros(121, Bits.AllRuns).Bytes },
        { "RFC 1951 §3.2.7: repeats beyond the last length", DeflateFault.BadLengthRun, new Bits().Head(257, 1, Bits.AllRuns).Zeros(256, Bits.AllRuns).Code(Bits.AllRuns, 1).Code(Bits.AllRuns, 16).Put(0, 2).Bytes },
        { "RFC 1951 §3.2.2: too many short codes of lengths", DeflateFault.NotAPrefixCode, new Bits().Head(257, 1, Bits.Lengths(19, (0, 1), (1, 1), (2, 1))).Bytes },
        { "RFC 1951 §3.2.2: codes of lengths that mean nothing", DeflateFault.NotAPrefixCode, new Bits().Head(257, 1, Bits.Lengths(19, (0, 1))).Bytes },
        { "RFC 1951 §3.2.2: no code of lengths at all", DeflateFault.NotAPrefixCode, new Bits().Head(257, 1, new byte[19]).Bytes },
        { "RFC 1951 §3.2.2: a single literal of two bits", DeflateFault.NotAPrefixCode, new Bits().Head(257, 1, Bits.ZeroOneTwo).Zeros(256, Bits.ZeroOneTwo).Code(Bits.ZeroOneTwo, 2).Code(Bits.ZeroOneTwo, 1).Bytes },
        { "RFC 1951 §3.2.2: three distances of one bit", DeflateFault.NotAPrefixCode, OwnHead(1, 1, 1).Bytes },
        { "RFC 1951 §3.2.2: a single distance of two bits", DeflateFault.NotAPrefixCode, OwnHead(2).Bytes },
        { "RFC 1951 §3.2.7: no code for the end", DeflateFault.NoEndOfBlock, new Bits().Head(257, 1, Bits.AllRuns).Zeros(258, Bits.AllRuns).Bytes },
        { "RFC 1951 §3.2.6: symbol 286", DeflateFault.UnknownCode, Fixed().Code(FixedCode, 286).Bytes },
        { "RFC 1951 §3.2.6: symbol 287", DeflateFault.UnknownCode, Fixed().Code(FixedCode, 287).Bytes },
        { "RFC 1951 §3.2.6: distance 30", DeflateFault.UnknownCode, Fixed().Code(FixedCode, 97).Code(FixedCode, 257).Code(FixedDistances, 30).Bytes },
        { "RFC 1951 §3.2.7: the other bit of a single distance", DeflateFault.UnknownCode, OwnHead(1).Code(Own, 97).Code(Own, 257).Put(1, 15).Bytes },
        { "RFC 1951 §3.2.7: a match, and no distances", DeflateFault.UnknownCode, OwnHead(0).Code(Own, 97).Code(Own, 257).Put(0, 15).Bytes },
        { "RFC 1951 §3.2.5: before the first byte", DeflateFault.DistanceTooFar, Fixed().Code(FixedCode, 257).Code(FixedDistances, 0).Bytes },
        { "RFC 1951 §3.2.5: one byte before the first", DeflateFault.DistanceTooFar, Fixed().Code(FixedCode, 97).Code(FixedCode, 257).Code(FixedDistances, 1).Bytes },
        { "RFC 7692 §7.1.2: one byte beyond the window", DeflateFault.DistanceTooFar, Far(257) },
    };

    // 300 bytes, and a match of three bytes so far back. Distances 193 to 256 have code 15, 257 to 384 code 16.
    static byte[] Far(int distance)
    {
        Bits bits = Fixed();
        for (int i = 0; i < 300; i++) bits.Code(FixedCode, i % 144);
        bits.Code(FixedCode, 257);
        if (distance <= 256) bits.Code(FixedDistances, 15).Put(distance - 193, 6);
        else bits.Code(FixedDistances, 16).Put(distance - 257, 7);
        return bits.Code(FixedCode, 256).Put(0, 3).Bytes;
    }

    [Theory, MemberData(nameof(Refused))]
    public void What_breaks_a_rule_is_refused_wherever_it_is_cut(string rule, DeflateFault fault, byte[] data)
    {
        foreach (byte[] input in new[] { data, [.. data, .. new byte[20]] })
            for (int cut = 0; cut <= input.Length; cut++)
            {
                Inflater inflater = new(256);
                byte[] output = new byte[1000];
                int length = 0;
                ReadOnlySpan<byte> first = input.AsSpan(0, cut), second = input.AsSpan(cut);
                if (inflater.Inflate(ref first, output, ref length) == InflateStatus.NeedInput) inflater.Inflate(ref second, output, ref length);
                Assert.True(fault == inflater.Fault, $"{rule}, cut at {cut}: {inflater.Fault}");
                Assert.Equal(InflateStatus.Invalid, inflater.Inflate(ref second, output, ref length)); // and stays so
                inflater.Give();
            }
    }

    /// <summary>The rows above fail for what they say: one step back, and all is well.</summary>
    public static TheoryData<string, byte[], int> JustWithin => new()
    {
        { "the window's last byte", Far(256), 303 },
        { "a single distance of one bit", OwnHead(1).Code(Own, 97).Code(Own, 257).Put(0, 1).Code(Own, 256).Put(0, 3).Bytes, 4 },
        { "no distances, and no match", OwnHead(0).Code(Own, 97).Code(Own, 256).Put(0, 3).Bytes, 1 },
        { "distance 1 behind one byte", Fixed().Code(FixedCode, 97).Code(FixedCode, 257).Code(FixedDistances, 0).Code(FixedCode, 256).Put(0, 3).Bytes, 4 },
        { "only the end of a block", new Bits().Head(257, 1, Bits.ZeroOneTwo).Zeros(256, Bits.ZeroOneTwo).Code(Bits.ZeroOneTwo, 1).Code(Bits.ZeroOneTwo, 0).Put(0, 1).Put(0, 3).Bytes, 0 },
        { "286 literals and lengths, 30 distances", new Bits().Head(286, 30, Bits.ZeroOneTwo).Zeros(256, Bits.ZeroOneTwo).Code(Bits.ZeroOneTwo, 1).Zeros(59, Bits.ZeroOneTwo).Put(0, 1).Put(0, 3).Bytes, 0 },
    };

    [Theory, MemberData(nameof(JustWithin))]
    public void What_just_keeps_a_rule_is_inflated(string what, byte[] data, int length)
    {
        using MessageInflater inflater = new(8, false);
        Assert.True(Contents.Inflate(inflater, data, 400, 1).Length == length, what);
        Assert.Equal(length, Contents.Inflate(inflater, data, 400, 1000).Length);
    }

    [Theory, MemberData(nameof(Contents.All), MemberType = typeof(Contents))]
    public void What_the_base_library_deflates_is_inflated(string name, byte[] content)
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            using MessageInflater inflater = new(15, true);
            int step = content.Length > 20_000 ? 1000 : 1;
            foreach (byte[] deflated in Contents.DeflatedByTheBaseLibrary(level, content, content))
            {
                Contents.Same(content, Contents.Inflate(inflater, deflated, content.Length, step), $"{name}, {level}");
                step = int.MaxValue / 2;
            }
            using MemoryStream zlib = new();
            using (ZLibStream stream = new(zlib, level, leaveOpen: true)) stream.Write(content);
            byte[] last = zlib.ToArray() is { Length: > 6 } all ? all[2..^4] : []; // RFC 1950: two bytes before, a checksum behind
            Contents.Same(content, Contents.Inflate(inflater, last, content.Length, 777), $"{name}, {level}, with a last block");
        }
    }

    [Theory, MemberData(nameof(ZlibVectors.All), MemberType = typeof(ZlibVectors))]
    public void What_zlib_deflates_is_inflated_with_its_window(int windowBits, string how, string deflated)
    {
        byte[] data = Convert.FromBase64String(deflated), content = ZlibVectors.Content;
        foreach (int step in new[] { 1, 2, 7, data.Length })
            using (MessageInflater inflater = new(windowBits, false))
                Contents.Same(content, Contents.Inflate(inflater, data, content.Length, step), $"{windowBits} bits, {how}");
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.NoCompression)]
    public void Every_cut_of_input_and_of_room_gives_the_same(CompressionLevel level)
    {
        byte[] content = [.. Contents.Json(150), .. new byte[300], .. Contents.Json(60)], data = Contents.DeflatedByTheBaseLibrary(level, content)[0];
        for (int cut = 0; cut <= data.Length; cut++)
            for (int room = 0; room < content.Length; room += room < 20 || room > content.Length - 20 ? 1 : 7)
            {
                Inflater inflater = new(32768);
                byte[] message = new byte[content.Length];
                int length = 0;
                ReadOnlySpan<byte> first = data.AsSpan(0, cut), second = data.AsSpan(cut);
                InflateStatus status = inflater.Inflate(ref first, message.AsSpan(0, room), ref length);
                if (status == InflateStatus.NeedRoom) status = inflater.Inflate(ref first, message, ref length);
                Assert.Equal((InflateStatus.NeedInput, 0), (status, first.Length));
                status = inflater.Inflate(ref second, message.AsSpan(0, Math.Max(room, length)), ref length);
                if (status == InflateStatus.NeedRoom) status = inflater.Inflate(ref second, message, ref length);
                Assert.Equal((InflateStatus.NeedInput, 0, true), (status, second.Length, inflater.TryEndMessage()));
                Contents.Same(content, message.AsSpan(0, length), $"cut at {cut}, room for {room}");
            }
    }

    [Theory, MemberData(nameof(Contents.All), MemberType = typeof(Contents))]
    public void Room_is_wanted_only_when_one_more_byte_belongs_to_the_message(string name, byte[] content)
    {
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            byte[] data = Contents.DeflatedByTheBaseLibrary(level, content)[0];
            foreach (int missing in content.Length == 0 ? new[] { 0 } : [0, 1])
            {
                Inflater inflater = new(32768);
                int length = 0;
                ReadOnlySpan<byte> input = data;
                InflateStatus status = inflater.Inflate(ref input, new byte[content.Length - missing], ref length);
                Assert.True(missing == 0 ? status == InflateStatus.NeedInput && inflater.TryEndMessage() : status == InflateStatus.NeedRoom, $"{name}, {level}, {missing} missing: {status}");
                inflater.Give();
            }
        }
    }
}
