using RawRealtime.Storage;

namespace RawRealtime.Tests.Storage;

/// <summary>A file of the journal goes once none of its messages is kept, and is named once.</summary>
public sealed class SegmentUseTests
{
    readonly SegmentUse use = new();

    [Fact]
    public void The_one_written_to_is_never_unused()
    {
        use.Begin(1);
        Assert.Empty(use.TakeUnused());
        use.Keep(1);
        Assert.False(use.Forget(1));
        Assert.Empty(use.TakeUnused());
        Assert.Equal(1, use.Active);
    }

    [Fact]
    public void One_that_held_nothing_is_unused_when_the_next_begins_and_named_once()
    {
        use.Begin(1);
        use.Begin(2);
        Assert.Equal([1], use.TakeUnused());
        Assert.Empty(use.TakeUnused());
    }

    [Fact]
    public void One_is_unused_with_the_last_message_that_it_holds()
    {
        use.Begin(1);
        use.Keep(1);
        use.Keep(1);
        use.Begin(2);
        Assert.Empty(use.TakeUnused());
        Assert.False(use.Forget(1));
        Assert.True(use.Forget(1));
        Assert.Empty(use.TakeUnused()); // that was it, named already
    }

    [Fact]
    public void One_emptied_while_it_was_written_to_goes_when_the_next_begins()
    {
        use.Begin(1);
        use.Keep(1);
        Assert.False(use.Forget(1));
        use.Begin(2);
        Assert.Equal([1], use.TakeUnused());
    }

    [Fact]
    public void Several_are_named_from_the_oldest()
    {
        foreach (long segment in (long[])[7, 9, 8, 10]) use.Begin(segment);
        use.Keep(9);
        Assert.Equal([7, 8], use.TakeUnused());
    }
}
