namespace RawHttp.Tests;

public class ResponseTrailersTests
{
    readonly ResponseTrailers trailers = new();

    [Fact]
    public void Those_that_are_sent_are_named_once_and_in_order()
    {
        trailers.Announce("B"u8, isSent: true);
        trailers.Announce("Dropped"u8, isSent: false);
        trailers.Announce("A"u8, isSent: true);
        trailers.Announce("b"u8, isSent: false);
        Assert.Equal("B, A", Bytes.Text(trailers.Names()));
    }

    [Fact]
    public void What_is_not_sent_is_judged_and_dropped()
    {
        trailers.Announce("A"u8, isSent: false);
        Assert.Empty(trailers.Names());
        trailers.Add("a"u8, "1"u8);
        Assert.True(trailers.Lines.IsEmpty);
        Assert.Throws<ArgumentException>(() => trailers.Add("A"u8, "\n"u8));
    }

    [Fact]
    public void All_together_have_their_bound()
    {
        trailers.Announce("A"u8, isSent: true);
        trailers.Add("A"u8, new string('x', 1000).Select(c => (byte)c).ToArray());
        byte[] rest = [.. Enumerable.Repeat((byte)'y', ResponseTrailers.MaxBytes - 1005 - 5)];
        Assert.Throws<ArgumentException>(() => trailers.Add("A"u8, [.. rest, (byte)'y']));
        trailers.Add("A"u8, rest);
        Assert.Equal(ResponseTrailers.MaxBytes, trailers.Lines.Length);
    }
}
