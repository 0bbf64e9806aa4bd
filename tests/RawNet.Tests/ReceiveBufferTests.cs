namespace RawNet.Tests;

public sealed class ReceiveBufferTests
{
    static void Receive(ReceiveBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.Free.Span);
        buffer.Commit(bytes.Length);
    }

    [Fact]
    public void A_new_buffer_is_empty_and_holds_no_block()
    {
        using ReceiveBuffer buffer = new(64);
        Assert.True(buffer.IsEmpty);
        Assert.False(buffer.IsFull);
        Assert.False(buffer.HoldsBlock);
        Assert.True(buffer.Unread.IsEmpty);
        Assert.True(buffer.UnreadMemory.IsEmpty);
    }

    [Fact]
    public void What_was_committed_is_unread_until_consumed()
    {
        using ReceiveBuffer buffer = new(64);
        Receive(buffer, "abcdef"u8);
        buffer.Consume(2);
        Receive(buffer, "gh"u8);
        Assert.Equal("cdefgh"u8.ToArray(), buffer.Unread.ToArray());
        Assert.Equal("cdefgh"u8.ToArray(), buffer.UnreadMemory.ToArray());
        buffer.Consume(6);
        Assert.True(buffer.IsEmpty);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(5000)]
    public void It_takes_exactly_its_cap_and_then_is_full(int cap)
    {
        using ReceiveBuffer buffer = new(cap);
        buffer.Append(new byte[cap - 1]);
        Assert.False(buffer.IsFull);
        Assert.Equal(1, buffer.Free.Length);
        buffer.Append([1]);
        Assert.True(buffer.IsFull);
        Assert.Throws<InvalidOperationException>(() => buffer.Free);
        buffer.Consume(1);
        Assert.Equal(1, buffer.Free.Length);
    }

    [Fact]
    public void After_a_block_that_was_filled_the_next_one_is_larger_and_after_a_small_read_small_again()
    {
        using var buffer = new ReceiveBuffer(1 << 20);
        int Next(bool fill)
        {
            int length = buffer.Free.Length;
            buffer.Commit(fill ? length : 1);
            buffer.Consume(buffer.Unread.Length);
            buffer.ReleaseWhenEmpty();
            return length;
        }
        int first = Next(fill: true), second = Next(fill: true);
        Assert.True(second > first);
        for (int i = 0; i < 20; i++) Assert.InRange(Next(fill: true), second, 64 * 1024);
        Next(fill: false);
        Assert.Equal(first, Next(fill: false));
    }

    [Fact]
    public void Its_block_never_outgrows_the_cap_by_more_than_the_pools_rounding()
    {
        using ReceiveBuffer buffer = new(8192);
        buffer.Append(new byte[8191]);
        for (int i = 0; i < 20_000; i++)
        {
            buffer.Consume(1 + (i % 3000));
            while (buffer.Unread.Length < 8191) buffer.Append([1]);
            Assert.InRange(buffer.BlockBytes, 8192, 8192);
        }
    }

    [Fact]
    public void The_block_is_given_back_only_when_nothing_is_unread()
    {
        using ReceiveBuffer buffer = new(64);
        Receive(buffer, "ab"u8);
        buffer.ReleaseWhenEmpty();
        Assert.True(buffer.HoldsBlock);
        Assert.Equal("ab"u8.ToArray(), buffer.Unread.ToArray());
        buffer.Consume(2);
        buffer.ReleaseWhenEmpty();
        Assert.False(buffer.HoldsBlock);
        Receive(buffer, "cd"u8);
        Assert.Equal("cd"u8.ToArray(), buffer.Unread.ToArray());
    }

    [Fact]
    public void Disposing_drops_what_is_unread_and_may_be_repeated()
    {
        ReceiveBuffer buffer = new(64);
        Receive(buffer, "ab"u8);
        buffer.Dispose();
        buffer.Dispose();
        Assert.True(buffer.IsEmpty);
        Assert.False(buffer.HoldsBlock);
    }

    [Fact]
    public void Counts_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReceiveBuffer(15));
        using ReceiveBuffer buffer = new(64);
        buffer.Commit(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Commit(1));
        Receive(buffer, "ab"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Consume(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Consume(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Commit(-1));
        Assert.Equal(2, buffer.Unread.Length);
    }

    /// <summary>Any order of calls behaves as a plain list of bytes with a cap.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_order_of_calls_behaves_as_a_list_of_bytes(int seed)
    {
        Random random = new(seed);
        int cap = 16 + random.Next(20_000);
        using ReceiveBuffer buffer = new(cap);
        List<byte> model = [];
        byte next = 0;
        for (int step = 0; step < 3000; step++)
        {
            switch (random.Next(4))
            {
                case 0 or 1 when model.Count < cap:
                    Span<byte> free = buffer.Free.Span;
                    Assert.InRange(free.Length, 1, cap - model.Count);
                    int received = random.Next(free.Length + 1);
                    for (int i = 0; i < received; i++) model.Add(free[i] = next++);
                    buffer.Commit(received);
                    break;
                case 2:
                    int consumed = random.Next(model.Count + 1);
                    model.RemoveRange(0, consumed);
                    buffer.Consume(consumed);
                    break;
                default:
                    buffer.ReleaseWhenEmpty();
                    Assert.True(model.Count == 0 || buffer.HoldsBlock);
                    break;
            }
            Assert.Equal(model.Count == cap, buffer.IsFull);
            Assert.True(buffer.Unread.SequenceEqual(model.ToArray()));
        }
    }
}
