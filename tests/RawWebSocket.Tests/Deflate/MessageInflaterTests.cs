using System.Buffers;
using System.IO.Compression;
using RawWebSocket.Deflate;
using Testing;

namespace RawWebSocket.Tests.Deflate;

public sealed class MessageInflaterTests
{
    /// <summary>RFC 7692 §7.2.3, each example with the messages that it is made of.</summary>
    public static TheoryData<string, bool, string[]> Examples => new()
    {
        { "§7.2.3.1: one block", false, ["f248cdc9c90700"] },
        { "§7.2.3.2: sharing the window", true, ["f248cdc9c90700", "f200110000"] },
        { "§7.2.3.3: no compression", false, ["000500faff48656c6c6f00"] },
        { "§7.2.3.4: BFINAL set", false, ["f348cdc9c9070000"] },
        { "§7.2.3.5: two blocks", false, ["f248050000 00ffffcac9c90700".Replace(" ", "", StringComparison.Ordinal)] },
    };

    [Theory, MemberData(nameof(Examples))]
    public void The_examples_of_RFC_7692_say_Hello(string example, bool keepsContext, string[] messages)
    {
        foreach (int step in new[] { 1, 2, 3, 100 })
        {
            using MessageInflater inflater = new(15, keepsContext);
            foreach (string message in messages) Contents.Same("Hello"u8.ToArray(), Contents.Inflate(inflater, Convert.FromHexString(message), 5, step), example);
        }
    }

    [Fact]
    public void RFC_7692_7_2_2_Without_context_nothing_older_can_be_referred_to()
    {
        using MessageInflater inflater = new(15, keepsContext: false);
        Contents.Inflate(inflater, Convert.FromHexString("f248cdc9c90700"), 5, 100);
        int length = 0;
        ReadOnlySpan<byte> input = Convert.FromHexString("f200110000");
        Assert.Equal(InflateStatus.Invalid, inflater.Inflate(ref input, new byte[5], ref length));
        Assert.Equal(DeflateFault.DistanceTooFar, inflater.Fault);
    }

    /// <summary>See docs/decisions/0036.</summary>
    [Theory]
    [InlineData("", true)]                      // nothing was sent: an empty message
    [InlineData("00", true)]                    // RFC 7692 §7.2.3.6: an empty message
    [InlineData("f348cdc9c90700", true)]        // a last block, and no octet behind it
    [InlineData("f348cdc9c90700" + "0000", false)] // behind the last block half of a stored block's length
    [InlineData("f248cdc9c907", false)]         // the block has ended, and the empty one was not begun
    [InlineData("f248cdc9c9", false)]           // inside of the fixed block
    [InlineData("000500faff48656c6c6f", false)] // stored, without the head of the empty block
    [InlineData("000500faff48656c6c", false)]   // a byte of the stored block is missing
    [InlineData("000500", false)]               // half of its length
    [InlineData("04c0", false)]                 // inside of what tells the codes
    public void A_message_ends_at_the_head_of_the_block_that_was_cut_off(string hex, bool ends)
    {
        using MessageInflater inflater = new(15, true);
        byte[] message = new byte[16];
        int length = 0;
        ReadOnlySpan<byte> input = Convert.FromHexString(hex);
        Assert.Equal(InflateStatus.NeedInput, inflater.Inflate(ref input, message, ref length));
        Assert.Equal(ends, inflater.TryEndMessage(message.AsSpan(0, length)));
        Assert.Equal(DeflateFault.None, inflater.Fault);
    }

    [Fact]
    public void A_block_that_ends_with_a_byte_does_not_end_the_message()
    {
        using MessageInflater inflater = new(15, true);
        Bits bits = new Bits().Put(0b010, 3).Put((1 << 27) - 1, 27).Put((1 << 27) - 1, 27).Put(0, 7); // six times 0xFF of nine bits, 64 bits in all
        byte[] message = new byte[16];
        int length = 0;
        ReadOnlySpan<byte> input = bits.Bytes, head = [0];
        Assert.Equal((InflateStatus.NeedInput, 8), (inflater.Inflate(ref input, message, ref length), bits.Bytes.Length));
        Assert.Equal((6, false), (length, inflater.TryEndMessage(message.AsSpan(0, length))));
        Assert.Equal(InflateStatus.NeedInput, inflater.Inflate(ref head, message, ref length)); // but the head of an empty stored block does
        Assert.True(inflater.TryEndMessage(message.AsSpan(0, length)));
    }

    [Fact]
    public void Behind_a_last_block_the_next_message_begins_at_a_whole_byte()
    {
        using MessageInflater inflater = new(15, true);
        foreach (string message in new[] { "f348cdc9c90700", "f200110000", "f348cdc9c9070000", "f200110000" })
            Contents.Same("Hello"u8.ToArray(), Contents.Inflate(inflater, Convert.FromHexString(message), 5, 1), message);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(15)]
    public void With_context_no_more_than_the_window_is_held_between_messages(int windowBits)
    {
        using MessageDeflater deflater = new(DeflateLevel.Small, windowBits, true);
        using MessageInflater inflater = new(windowBits, true);
        byte[] deflated = new byte[MessageDeflater.MaxLength(3_000)];
        Assert.Equal(0, inflater.HeldBytes);
        for (int round = 0; round < 30; round++)
        {
            byte[] message = Contents.Json(50 + 97 * round, round);
            Contents.Same(message, Contents.Inflate(inflater, deflated.AsSpan(0, deflater.Deflate(message, deflated)), message.Length, 10_000), $"{windowBits}, {round}");
            Assert.InRange(inflater.HeldBytes, Math.Min(message.Length, 1 << windowBits), 1 << windowBits);
        }
        Assert.Equal(1 << windowBits, inflater.HeldBytes);
    }

    [Fact]
    public void What_is_held_grows_with_what_was_sent()
    {
        using MessageInflater inflater = new(15, true);
        Contents.Inflate(inflater, Convert.FromHexString("f248cdc9c90700"), 5, 1);
        Assert.Equal(256, inflater.HeldBytes);
    }

    [Fact]
    public void Without_context_nothing_is_held_between_messages()
    {
        using MessageInflater inflater = new(15, false);
        byte[] message = Contents.Json(2_000), deflated = Contents.DeflatedByTheBaseLibrary(CompressionLevel.Optimal, message)[0];
        int length = 0;
        ReadOnlySpan<byte> input = deflated.AsSpan(0, 200);
        inflater.Inflate(ref input, message, ref length);
        Assert.Equal(8_192, inflater.HeldBytes); // the tables of the block that it is in
        input = deflated.AsSpan(200);
        inflater.Inflate(ref input, message, ref length);
        Assert.True(inflater.TryEndMessage(message));
        Assert.Equal(0, inflater.HeldBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Disposed_in_the_middle_of_a_message_it_gives_all_back_once(bool keepsContext)
    {
        MessageInflater inflater = new(15, keepsContext);
        byte[] message = Contents.Json(2_000);
        List<byte[]> deflated = Contents.DeflatedByTheBaseLibrary(CompressionLevel.Optimal, message, message);
        Contents.Inflate(inflater, deflated[0], message.Length, 5_000);
        int length = 0;
        ReadOnlySpan<byte> input = Contents.DeflatedByTheBaseLibrary(CompressionLevel.Optimal, message)[0].AsSpan(0, 200);
        inflater.Inflate(ref input, message, ref length);
        Assert.NotEqual(0, inflater.HeldBytes);
        inflater.Dispose();
        inflater.Dispose();
        Assert.Equal(0, inflater.HeldBytes);
        Assert.NotSame(ArrayPool<uint>.Shared.Rent(2_048), ArrayPool<uint>.Shared.Rent(2_048)); // given twice, it would be taken twice
        Assert.NotSame(ArrayPool<byte>.Shared.Rent(2_048), ArrayPool<byte>.Shared.Rent(2_048));
        Assert.Throws<ObjectDisposedException>(() => inflater.TryEndMessage(default));
        Assert.Throws<ObjectDisposedException>(() => { int none = 0; ReadOnlySpan<byte> nothing = default; inflater.Inflate(ref nothing, default, ref none); });
    }

    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(0)]
    public void Windows_have_8_to_15_bits(int windowBits) => Assert.Throws<ArgumentOutOfRangeException>(() => new MessageInflater(windowBits, true));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Warm_it_allocates_nothing(bool keepsContext)
    {
        byte[] message = Contents.Json(3_000), room = new byte[3_000];
        byte[][] deflated = [.. Contents.DeflatedByTheBaseLibrary(CompressionLevel.Optimal, [.. Enumerable.Repeat(message, 20)])];
        using MessageInflater inflater = new(15, keepsContext);
        Assert.Equal(0, Allocated.Least(() =>
        {
            for (int i = 0; i < (keepsContext ? deflated.Length : 1); i++)
            {
                int length = 0;
                ReadOnlySpan<byte> input = deflated[i];
                inflater.Inflate(ref input, room, ref length);
                inflater.TryEndMessage(room.AsSpan(0, length));
            }
        }));
    }
}
