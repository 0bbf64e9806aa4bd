using System.Text;
using RawNet.Wire;
using Testing;

namespace RawNet.Tests.Wire;

/// <summary>What both versions have in common; their own rules are in ProxyLineReaderTests and ProxyBlockReaderTests.</summary>
public sealed class ProxyHeaderReaderTests
{
    internal static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Who it names and what is left for others to read, at every cut the same.</summary>
    internal static string Outcome(byte[] bytes) => AllSplits.Outcome(bytes, () =>
    {
        string outcome = "unfinished";
        bool isOver = false;
        return ((unread, isEnd) =>
        {
            if (isOver) return 0;
            ProxyHeader header = ProxyHeaderReader.Read(unread);
            if (header.IsUnfinished) return 0;
            isOver = true;
            outcome = header.Fault != ProxyHeaderFault.None ? $"{header.Fault}" : $"{header.Source?.ToString() ?? "nobody"}, {header.Length} bytes";
            return header.Length;
        }, () => outcome);
    });

    [Theory]
    // PROXY §2: a header is required, and it is the first thing on the connection
    [InlineData("GET / HTTP/1.1\r\n", "NoSignature")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc", "NoSignature")]
    [InlineData("PUT", "NoSignature")]
    [InlineData("proxy TCP4", "NoSignature")]
    [InlineData("PROXY\tTCP4", "NoSignature")]
    [InlineData(" PROXY TCP4", "NoSignature")]
    [InlineData("\r\n\r\nGET", "NoSignature")]
    [InlineData("\r\n\r\n\0\r\nQUIT\rX", "NoSignature")]
    [InlineData("\0", "NoSignature")]
    public void What_begins_as_no_header_is_refused_at_the_first_byte_that_differs(string text, string outcome)
    {
        Assert.Equal(outcome, Outcome(Bytes(text)));
        Assert.Equal(ProxyHeaderFault.NoSignature, ProxyHeaderReader.Read(Bytes(text)).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PROXY ")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n")]
    public void A_prefix_of_a_header_wants_more(string text) => Assert.True(ProxyHeaderReader.Read(Bytes(text)).IsUnfinished);

    [Fact]
    public void Whoever_has_the_most_bytes_gets_an_answer()
    {
        byte[] line = Bytes("PROXY UNKNOWN " + new string('x', ProxyHeaderReader.MaxBytes))[..ProxyHeaderReader.MaxLineBytes];
        Assert.False(ProxyHeaderReader.Read(line).IsUnfinished);
        byte[] block = [.. Bytes("\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u0010\0"), .. new byte[ProxyHeaderReader.MaxBlockBytes]];
        Assert.Equal(ProxyHeaderReader.MaxBytes, block.Length);
        Assert.Equal(ProxyHeaderReader.MaxBytes, ProxyHeaderReader.Read(block).Length);
        Assert.True(ProxyHeaderReader.Read(block.AsSpan(0, block.Length - 1)).IsUnfinished);
    }
}
