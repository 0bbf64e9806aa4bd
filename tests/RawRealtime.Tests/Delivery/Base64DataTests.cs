using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

public sealed class Base64DataTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("AAEC", "000102")]
    [InlineData("AA==", "00")]
    [InlineData("AA", null)]
    [InlineData("A", null)]
    [InlineData("AA=A", null)]
    [InlineData("AA-_", null)]
    [InlineData("ü", null)]
    public void It_is_the_alphabet_of_RFC_4648_4_with_its_padding(string text, string? expected)
    {
        byte[] data = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected is not null, Base64Data.TryDecode(ref data));
        if (expected is not null) Assert.Equal(expected, Convert.ToHexString(data));
    }
}
