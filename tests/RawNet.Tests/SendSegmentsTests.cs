using System.Text;

namespace RawNet.Tests;

[Collection(nameof(CountsSharedBytes))]
public sealed class SendSegmentsTests
{
    /// <summary>Any order of appends, partial sends and takes gives the bytes in the order they came.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_mix_of_writes_and_partial_sends_keeps_the_order(int seed)
    {
        long outstanding = SharedBytes.Outstanding;
        Random random = new(seed);
        SendSegments segments = default;
        SendSegment current = default;
        List<byte> written = [], sent = [];
        for (int step = 0; step < 4000; step++)
        {
            if (random.Next(2) == 0)
            {
                byte[] bytes = new byte[1 + random.Next(random.Next(10) == 0 ? 9000 : 300)];
                random.NextBytes(bytes);
                written.AddRange(bytes);
                if (bytes.Length <= SendSegments.CopyAtMost) segments.Append(bytes);
                else segments.Append(SharedBytes.Copy(bytes));
            }
            else
            {
                if (current.IsEmpty && !segments.TryTake(out current)) continue;
                int part = 1 + random.Next(current.Unsent.Length);
                sent.AddRange(current.Unsent.Span[..part]);
                current.Advance(part);
            }
        }
        sent.AddRange(current.Unsent.Span);
        current.Drop();
        while (segments.TryTake(out SendSegment rest))
        {
            sent.AddRange(rest.Unsent.Span);
            rest.Drop();
        }
        Assert.Equal(written, sent);
        Assert.True(segments.IsEmpty);
        Assert.Equal(outstanding, SharedBytes.Outstanding);
    }

    [Fact]
    public void Small_writes_share_a_segment()
    {
        SendSegments segments = default;
        segments.Append("ab"u8);
        segments.Append("cd"u8);
        Assert.True(segments.TryTake(out SendSegment only));
        Assert.Equal("abcd", Encoding.ASCII.GetString(only.Unsent.Span));
        Assert.True(segments.IsEmpty);
        Assert.False(segments.TryTake(out _));
        only.Drop();
    }

    [Theory]
    [InlineData(0, 10, "110")]
    [InlineData(0, 5_000, "5100")]
    [InlineData(0, 65_436, "65536")]
    [InlineData(0, 65_437, "100+65437")] // it would not leave in one send
    [InlineData(4_000, 5_000, "4000+5100")]
    public void What_is_expected_stands_in_the_same_segment(int before, int expected, string segmentBytes)
    {
        SendSegments segments = default;
        if (before > 0) segments.Append(new byte[before]);
        segments.Append(new byte[100], expected);
        segments.Append(new byte[expected]);
        List<int> lengths = [];
        while (segments.TryTake(out SendSegment next))
        {
            lengths.Add(next.Unsent.Length);
            next.Drop();
        }
        Assert.Equal(segmentBytes, string.Join('+', lengths));
    }

    [Fact]
    public void Clearing_lets_go_of_all_shared_bytes()
    {
        long outstanding = SharedBytes.Outstanding;
        SendSegments segments = default;
        for (int i = 0; i < 5; i++) segments.Append(SharedBytes.Rent(5000));
        segments.Append("tail"u8);
        segments.Clear();
        Assert.True(segments.IsEmpty);
        Assert.Equal(outstanding, SharedBytes.Outstanding);
    }
}
