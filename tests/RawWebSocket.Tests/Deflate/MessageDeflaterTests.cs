using System.Buffers;
using System.IO.Compression;
using RawWebSocket.Deflate;
using Testing;

namespace RawWebSocket.Tests.Deflate;

public sealed class MessageDeflaterTests
{
    public static TheoryData<DeflateLevel, int, bool> All
    {
        get
        {
            TheoryData<DeflateLevel, int, bool> all = [];
            foreach (DeflateLevel level in Enum.GetValues<DeflateLevel>())
                for (int bits = 8; bits <= 15; bits++)
                {
                    all.Add(level, bits, false);
                    all.Add(level, bits, true);
                }
            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void What_it_deflates_is_inflated_by_us_and_by_the_base_library(DeflateLevel level, int windowBits, bool keepsContext)
    {
        using MessageDeflater deflater = new(level, windowBits, keepsContext);
        using MessageInflater inflater = new(windowBits, keepsContext);
        using MemoryStream blocks = new(), zlib = new();
        zlib.Write([0x78, 0x9C]); // RFC 1950
        List<byte[]> contents = [.. ((IEnumerable<object[]>)Contents.All).Select(row => (byte[])row[1])];
        foreach (byte[] content in contents)
        {
            byte[] output = new byte[MessageDeflater.MaxLength(content.Length)];
            ReadOnlySpan<byte> deflated = output.AsSpan(0, deflater.Deflate(content, output));
            Contents.Same(content, Contents.Inflate(inflater, deflated, content.Length, content.Length < 1_000 ? 1 : 5_000), "ours");
            foreach (MemoryStream stream in new[] { blocks, zlib })
            {
                stream.Write(deflated);
                stream.Write([0, 0, 0xFF, 0xFF]); // RFC 7692 §7.2.2
            }
        }
        blocks.Position = zlib.Position = 0;
        using DeflateStream theirs = new(blocks, CompressionMode.Decompress);
        using ZLibStream theirsToo = new(zlib, CompressionMode.Decompress);
        foreach (byte[] content in contents)
            foreach (Stream stream in new Stream[] { theirs, theirsToo })
            {
                byte[] back = new byte[content.Length];
                Assert.Equal(content.Length, stream.ReadAtLeast(back, content.Length, throwOnEndOfStream: false));
                Contents.Same(content, back, stream.GetType().Name);
            }
    }

    [Theory, MemberData(nameof(All))]
    public void RFC_7692_7_1_2_No_match_reaches_beyond_the_window_nor_beyond_the_message_without_context(DeflateLevel level, int windowBits, bool keepsContext)
    {
        int window = 1 << windowBits;
        byte[] once = Contents.Noise(window), deflated = new byte[MessageDeflater.MaxLength(3 * window + 1_000)];
        byte[][] messages = [once, once[..40], once, [.. once[20..], .. once[..90], .. once], Contents.Json(700), once[..(window / 2)], Contents.Json(900)];
        TokenWalk walk = new();
        using MessageDeflater deflater = new(level, windowBits, keepsContext);
        foreach (byte[] message in messages)
        {
            if (!keepsContext) walk.Output.Clear(); // nothing is there that could be referred to
            int before = walk.Output.Count;
            walk.Message(deflated.AsSpan(0, deflater.Deflate(message, deflated)));
            Contents.Same(message, [.. walk.Output[before..]], $"{level}, {windowBits}, {keepsContext}");
        }
        Assert.InRange(walk.Farthest, window - 20, window); // so far it does reach
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1_024)]
    [InlineData(4_096)]
    [InlineData(16_384)]
    public void Fast_is_at_most_a_tenth_larger_than_the_base_librarys_fastest_and_Small_is_clearly_smaller(int size)
    {
        foreach (bool keepsContext in new[] { false, true })
        {
            using MessageDeflater fast = new(DeflateLevel.Fast, 15, keepsContext), small = new(DeflateLevel.Small, 15, keepsContext);
            byte[][] messages = [.. Enumerable.Range(0, 20).Select(i => Contents.Json(size, i))];
            byte[] output = new byte[MessageDeflater.MaxLength(size)];
            int fastest = keepsContext ? Contents.DeflatedByTheBaseLibrary(CompressionLevel.Fastest, messages).Sum(one => one.Length)
                : messages.Sum(one => Contents.DeflatedByTheBaseLibrary(CompressionLevel.Fastest, one)[0].Length);
            int fastSum = messages.Sum(one => fast.Deflate(one, output)), smallSum = messages.Sum(one => small.Deflate(one, output));
            Assert.True(fastSum <= 1.1 * fastest, $"{fastSum} and {fastest}");
            Assert.True(smallSum <= 0.95 * fastSum, $"{smallSum} and {fastSum}");
        }
    }

    [Theory]
    [InlineData(DeflateLevel.Fast, 15, 81_920)]
    [InlineData(DeflateLevel.Small, 15, 196_608)]
    [InlineData(DeflateLevel.Fast, 8, 1_536)]
    [InlineData(DeflateLevel.Small, 8, 2_048)]
    public void With_context_it_holds_what_its_window_needs(DeflateLevel level, int windowBits, int bytes)
    {
        using MessageDeflater deflater = new(level, windowBits, true);
        byte[] output = new byte[MessageDeflater.MaxLength(100_000)];
        Assert.Equal(0, deflater.HeldBytes);
        for (int i = 0; i < 50; i++)
        {
            deflater.Deflate(Contents.Json(20 * i * i, i), output);
            Assert.InRange(deflater.HeldBytes, 0, bytes);
        }
        Assert.Equal(bytes, deflater.HeldBytes);
    }

    [Theory, MemberData(nameof(All))]
    public void Forgetting_gives_the_memory_back_and_the_next_message_refers_to_nothing(DeflateLevel level, int windowBits, bool keepsContext)
    {
        using MessageDeflater deflater = new(level, windowBits, keepsContext);
        byte[] message = Contents.Json(230), first = new byte[MessageDeflater.MaxLength(message.Length)], second = new byte[first.Length];
        int length = deflater.Deflate(message, first);
        int again = deflater.Deflate(message, second);
        Assert.True(keepsContext ? again < length : second.AsSpan(0, again).SequenceEqual(first.AsSpan(0, length)));
        deflater.Forget();
        Assert.Equal(0, deflater.HeldBytes);
        using MessageInflater inflater = new(windowBits, false);
        Contents.Same(message, Contents.Inflate(inflater, second.AsSpan(0, deflater.Deflate(message, second)), message.Length, 1), "after Forget");
    }

    [Fact]
    public void RFC_7692_7_2_3_6_An_empty_message_is_the_head_of_an_empty_block()
    {
        using MessageDeflater deflater = new(DeflateLevel.Fast, 15, true);
        byte[] output = new byte[MessageDeflater.MaxLength(0)];
        Assert.Equal(1, deflater.Deflate([], output));
        Assert.Equal((0, 0), (output[0], deflater.HeldBytes));
    }

    [Fact]
    public void RFC_7692_7_2_3_1_Hello_is_the_example()
    {
        using MessageDeflater deflater = new(DeflateLevel.Fast, 15, false);
        byte[] output = new byte[MessageDeflater.MaxLength(5)];
        Assert.Equal("F248CDC9C90700", Convert.ToHexString(output, 0, deflater.Deflate("Hello"u8, output)));
    }

    [Theory]
    [InlineData(DeflateLevel.Fast)]
    [InlineData(DeflateLevel.Small)]
    public void Even_noise_fits_into_the_most_that_is_said(DeflateLevel level)
    {
        foreach (bool keepsContext in new[] { false, true })
        {
            using MessageDeflater deflater = new(level, 8, keepsContext);
            for (int length = 0; length < 200_000; length = length * 5 / 4 + 1)
            {
                byte[] output = new byte[MessageDeflater.MaxLength(length) + 1];
                output[^1] = 0xA5;
                deflater.Deflate(Contents.Noise(length), output.AsSpan(0, output.Length - 1));
                Assert.Equal(0xA5, output[^1]);
            }
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_throw()
    {
        MessageDeflater deflater = new(DeflateLevel.Fast, 15, true);
        Assert.Throws<ArgumentException>(() => deflater.Deflate("Hello"u8, new byte[MessageDeflater.MaxLength(5) - 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageDeflater.MaxLength(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MessageDeflater.MaxLength(Array.MaxLength));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageDeflater(DeflateLevel.Fast, 7, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessageDeflater(DeflateLevel.Fast, 16, true));
        deflater.Deflate(Contents.Json(3_000), new byte[5_000]);
        deflater.Dispose();
        deflater.Dispose();
        Assert.Equal(0, deflater.HeldBytes);
        Assert.NotSame(ArrayPool<byte>.Shared.Rent(4_096), ArrayPool<byte>.Shared.Rent(4_096)); // given twice, it would be taken twice
        Assert.Throws<ObjectDisposedException>(() => deflater.Deflate("Hello"u8, new byte[100]));
    }

    [Theory]
    [InlineData(DeflateLevel.Fast, true)]
    [InlineData(DeflateLevel.Fast, false)]
    [InlineData(DeflateLevel.Small, true)]
    [InlineData(DeflateLevel.Small, false)]
    public void Warm_it_allocates_nothing(DeflateLevel level, bool keepsContext)
    {
        using MessageDeflater deflater = new(level, 15, keepsContext);
        byte[] message = Contents.Json(5_000), output = new byte[MessageDeflater.MaxLength(message.Length)];
        Assert.Equal(0, Allocated.Least(() =>
        {
            for (int i = 0; i < 20; i++) deflater.Deflate(message, output);
        }));
    }
}
