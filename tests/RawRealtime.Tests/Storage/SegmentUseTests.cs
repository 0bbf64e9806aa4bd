using RawRealtime.Storage;

namespace RawRealtime.Tests.Storage;

public class SegmentUseTests
{
    readonly SegmentUse use = new();

    [Fact]
    public void A_segment_is_named_when_its_last_message_goes()
    {
        use.Begin(1);
        use.Keep(1);
        use.Keep(1);
        use.Begin(2);
        Assert.False(use.Forget(1, mayTake: true));
        Assert.True(use.Forget(1, mayTake: true));
        Assert.Empty(use.TakeUnused());
    }

    [Fact]
    public void The_one_written_to_is_named_once_there_is_another()
    {
        use.Begin(1);
        use.Keep(1);
        Assert.False(use.Forget(1, mayTake: true));
        Assert.Empty(use.TakeUnused());
        use.Begin(2);
        Assert.Equal([1], use.TakeUnused());
        Assert.Empty(use.TakeUnused());
        Assert.Equal(2, use.Active);
    }

    [Fact]
    public void What_may_not_be_named_yet_is_named_later()
    {
        use.Begin(1);
        use.Keep(1);
        use.Begin(2);
        Assert.False(use.Forget(1, mayTake: false));
        Assert.Equal([1], use.TakeUnused());
    }
}
