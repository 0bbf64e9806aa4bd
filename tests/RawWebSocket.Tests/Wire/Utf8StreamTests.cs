using System.Text;
using CsCheck;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class Utf8StreamTests
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    static bool BclAccepts(byte[] bytes)
    {
        try
        {
            Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    static bool WeAccept(byte[] bytes, params int[] cuts)
    {
        var stream = new Utf8Stream();
        int from = 0;
        foreach (int cut in (int[])[.. cuts, bytes.Length])
        {
            if (!stream.Append(bytes.AsSpan(from, cut - from))) return false;
            from = cut;
        }
        return stream.IsComplete;
    }

    [Theory]
    [InlineData("RFC 3629 4 ASCII", "48656C6C6F", true)]
    [InlineData("RFC 3629 4 nothing", "", true)]
    [InlineData("RFC 3629 4 two bytes", "C280 DFBF", true)]
    [InlineData("RFC 3629 4 three bytes", "E0A080 ED9FBF EE8080 EFBFBF", true)]
    [InlineData("RFC 3629 4 four bytes", "F0908080 F3BFBFBF F48FBFBF", true)]
    [InlineData("RFC 3629 7 its example", "F0A38EB4", true)]
    [InlineData("RFC 3629 3 overlong slash", "C0AF", false)]
    [InlineData("RFC 3629 3 overlong in two", "C1BF", false)]
    [InlineData("RFC 3629 3 overlong in three", "E09FBF", false)]
    [InlineData("RFC 3629 3 overlong in four", "F08FBFBF", false)]
    [InlineData("RFC 3629 3 lowest surrogate", "EDA080", false)]
    [InlineData("RFC 3629 3 highest surrogate", "EDBFBF", false)]
    [InlineData("RFC 3629 3 over U+10FFFF", "F4908080", false)]
    [InlineData("RFC 3629 4 F5", "F5808080", false)]
    [InlineData("RFC 3629 4 FE", "FE", false)]
    [InlineData("RFC 3629 4 FF", "FF", false)]
    [InlineData("RFC 3629 4 tail alone", "80", false)]
    [InlineData("RFC 3629 4 tail alone", "41BF", false)]
    [InlineData("RFC 3629 4 tail missing", "C341", false)]
    [InlineData("RFC 3629 4 second tail missing", "E28241", false)]
    [InlineData("RFC 3629 4 ends inside a character", "E282", false)]
    [InlineData("RFC 3629 4 ends inside a character", "F09F98", false)]
    public void Valid_is_what_the_grammar_says_at_every_split(string rule, string hex, bool valid)
    {
        byte[] bytes = Bytes.Of(hex);
        Assert.Equal(valid, BclAccepts(bytes));
        Assert.True(valid == WeAccept(bytes), rule);
        for (int one = 0; one <= bytes.Length; one++)
        {
            for (int two = one; two <= bytes.Length; two++) Assert.True(valid == WeAccept(bytes, one, two), $"{rule}, cut at {one} and {two}");
        }
    }

    [Theory]
    [InlineData("C0")]
    [InlineData("C1")]
    [InlineData("F5")]
    [InlineData("E09F")]
    [InlineData("EDA0")]
    [InlineData("F08F")]
    [InlineData("F490")]
    [InlineData("80")]
    public void An_impossible_byte_fails_at_once_and_not_at_the_end(string hex)
    {
        byte[] bytes = Bytes.Of(hex);
        var stream = new Utf8Stream();
        Assert.True(stream.Append("any length of valid text before it, also longer than a vector: äöü"u8));
        Assert.True(bytes.Length == 1 || stream.Append(bytes.AsSpan(0, 1)));
        Assert.False(stream.Append(bytes.AsSpan(bytes.Length - 1)));
    }

    [Fact]
    public void All_sequences_of_three_bytes_are_judged_as_the_bcl_does()
    {
        byte[] bytes = new byte[3];
        byte[] seconds = [0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF];
        for (int first = 0; first < 256; first++)
        {
            foreach (byte second in seconds)
            {
                foreach (byte third in seconds)
                {
                    (bytes[0], bytes[1], bytes[2]) = ((byte)first, second, third);
                    bool valid = BclAccepts(bytes);
                    if (valid != WeAccept(bytes) || valid != WeAccept(bytes, 1) || valid != WeAccept(bytes, 1, 2))
                        Assert.Fail(Convert.ToHexString(bytes));
                }
            }
        }
    }

    [Fact]
    public void Random_text_with_a_random_change_is_judged_as_the_bcl_does()
    {
        Gen<byte[]> almostText =
            from text in Gen.String
            from at in Gen.Int[0, 1000]
            from change in Gen.Byte
            from spoil in Gen.Bool
            select Spoiled(Encoding.UTF8.GetBytes(text), at, spoil ? change : null);
        Gen.Select(almostText, Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((bytes, one, two) =>
        {
            one = bytes.Length == 0 ? 0 : one % bytes.Length;
            two = one + (bytes.Length == one ? 0 : two % (bytes.Length - one));
            return BclAccepts(bytes) == WeAccept(bytes, one, two);
        }, iter: 20_000);
    }

    static byte[] Spoiled(byte[] bytes, int at, byte? change)
    {
        if (bytes.Length > 0 && change is { } value) bytes[at % bytes.Length] = value;
        return bytes;
    }
}
