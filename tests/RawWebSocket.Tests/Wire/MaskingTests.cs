using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class MaskingTests
{
    const uint Key = 0x04030201; // 01 02 03 04 on the wire

    /// <summary>RFC 6455 §5.3, word for word: octet i is XORed with octet i MOD 4 of the key.</summary>
    static byte[] Oracle(byte[] payload, long offset)
    {
        byte[] key = [1, 2, 3, 4];
        byte[] masked = new byte[payload.Length];
        for (int i = 0; i < payload.Length; i++) masked[i] = (byte)(payload[i] ^ key[(offset + i) % 4]);
        return masked;
    }

    [Fact]
    public void Every_length_to_200_at_every_offset_to_8_gives_what_the_rfc_says()
    {
        byte[] source = new byte[200];
        new Random(1).NextBytes(source);
        for (int length = 0; length <= 200; length++)
        {
            for (long offset = 0; offset <= 8; offset++)
            {
                byte[] payload = source[..length];
                Masking.Apply(payload, Key, offset);
                Assert.Equal(Oracle(source[..length], offset), payload);
            }
        }
    }

    [Fact]
    public void Pieces_give_the_same_as_the_whole()
    {
        byte[] source = new byte[150];
        new Random(2).NextBytes(source);
        for (int cut = 0; cut <= source.Length; cut++)
        {
            byte[] pieces = [.. source];
            Masking.Apply(pieces.AsSpan(0, cut), Key, 0);
            Masking.Apply(pieces.AsSpan(cut), Key, cut);
            Assert.Equal(Oracle(source, 0), pieces);
        }
    }

    [Fact]
    public void An_offset_beyond_32_bits_keeps_its_phase()
    {
        byte[] payload = new byte[40];
        Masking.Apply(payload, Key, (1L << 40) + 3);
        Assert.Equal(Oracle(new byte[40], 3), payload);
    }

    [Fact]
    public void Masking_twice_undoes_it()
    {
        byte[] payload = [.. "masked and unmasked, the same bytes come back"u8];
        byte[] before = [.. payload];
        Masking.Apply(payload, Key, 1);
        Assert.NotEqual(before, payload);
        Masking.Apply(payload, Key, 1);
        Assert.Equal(before, payload);
    }
}
