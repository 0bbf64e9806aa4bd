namespace RawNet.Tests;

[Collection(nameof(CountsSharedBytes))]
public sealed class SharedBytesTests
{
    [Fact]
    public void Outstanding_counts_blocks_from_rent_to_the_last_release()
    {
        long before = SharedBytes.Outstanding;
        SharedBytes bytes = SharedBytes.Rent(100);
        Assert.Equal(before + 1, SharedBytes.Outstanding);
        bytes.AddRef();
        bytes.Release();
        Assert.Equal(before + 1, SharedBytes.Outstanding);
        bytes.Release();
        Assert.Equal(before, SharedBytes.Outstanding);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void It_holds_exactly_the_length_asked_for(int length)
    {
        SharedBytes bytes = SharedBytes.Rent(length);
        Assert.Equal(length, bytes.Length);
        Assert.Equal(length, bytes.Span.Length);
        Assert.Equal(length, bytes.Memory.Length);
        bytes.Release();
    }

    [Fact]
    public void Copy_holds_the_content()
    {
        SharedBytes bytes = SharedBytes.Copy("abc"u8);
        Assert.Equal("abc"u8.ToArray(), bytes.Span.ToArray());
        bytes.Release();
    }

    [Fact]
    public void Trim_shortens_and_never_lengthens()
    {
        SharedBytes bytes = SharedBytes.Copy("abcdef"u8);
        bytes.Trim(4);
        Assert.Equal("abcd"u8.ToArray(), bytes.Memory.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => bytes.Trim(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => bytes.Trim(-1));
        bytes.Trim(0);
        Assert.True(bytes.Span.IsEmpty);
        bytes.Release();
    }

    [Fact]
    public void Every_use_after_the_last_release_throws()
    {
        SharedBytes bytes = SharedBytes.Rent(8);
        bytes.Release();
        Assert.Throws<ObjectDisposedException>(() => bytes.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => bytes.Memory.Length);
        Assert.Throws<ObjectDisposedException>(() => bytes.Trim(1));
        Assert.Throws<ObjectDisposedException>(bytes.AddRef);
        Assert.Throws<ObjectDisposedException>(bytes.Release);
    }

    [Fact]
    public void A_refused_use_does_not_bring_it_back_to_life()
    {
        SharedBytes bytes = SharedBytes.Rent(8);
        bytes.Release();
        long before = SharedBytes.Outstanding;
        Assert.Throws<ObjectDisposedException>(bytes.AddRef);
        Assert.Throws<ObjectDisposedException>(() => bytes.Span.Length);
        Assert.Throws<ObjectDisposedException>(bytes.Release);
        Assert.Throws<ObjectDisposedException>(bytes.Release);
        Assert.Equal(before, SharedBytes.Outstanding);
    }

    [Fact]
    public void A_negative_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => SharedBytes.Rent(-1));

    [Fact]
    public void Many_threads_may_share_and_let_go()
    {
        long before = SharedBytes.Outstanding;
        for (int round = 0; round < 200; round++)
        {
            SharedBytes bytes = SharedBytes.Copy("shared"u8);
            for (int i = 0; i < 8; i++) bytes.AddRef();
            Parallel.For(0, 8, _ =>
            {
                Assert.Equal((byte)'s', bytes.Span[0]);
                bytes.AddRef();
                bytes.Release();
                bytes.Release();
            });
            Assert.Equal(before + 1, SharedBytes.Outstanding);
            bytes.Release();
        }
        Assert.Equal(before, SharedBytes.Outstanding);
    }

    [Fact]
    public void A_warm_rent_and_release_allocates_nothing()
    {
        long allocated = Allocation.OfWarm(static () =>
        {
            SharedBytes bytes = SharedBytes.Rent(500);
            bytes.AddRef().Release();
            bytes.Release();
        });
        Assert.Equal(0, allocated);
    }
}
