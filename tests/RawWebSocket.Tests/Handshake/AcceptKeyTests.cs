using System.Text;
using RawWebSocket.Handshake;

namespace RawWebSocket.Tests.Handshake;

public sealed class AcceptKeyTests
{
    [Fact]
    public void RFC_6455_1_3_its_example()
    {
        byte[] accept = new byte[AcceptKey.AcceptBytes];
        AcceptKey.Write("dGhlIHNhbXBsZSBub25jZQ=="u8, accept);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Encoding.ASCII.GetString(accept));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ=", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==x", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQAA", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQA=", false)]
    [InlineData("dGhl HNhbXBsZSBub25jZQ==", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZ-==", false)]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ==", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", true)]
    public void A_key_is_the_base64_of_16_bytes(string key, bool isKey) => Assert.Equal(isKey, AcceptKey.IsKey(Encoding.ASCII.GetBytes(key)));

    [Fact]
    public void New_keys_are_keys_and_differ()
    {
        byte[] one = new byte[AcceptKey.KeyBytes], other = new byte[AcceptKey.KeyBytes];
        AcceptKey.WriteNewKey(one);
        AcceptKey.WriteNewKey(other);
        Assert.True(AcceptKey.IsKey(one) && AcceptKey.IsKey(other));
        Assert.NotEqual(one, other);
    }
}
