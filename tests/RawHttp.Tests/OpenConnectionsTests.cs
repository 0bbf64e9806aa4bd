namespace RawHttp.Tests;

public sealed class OpenConnectionsTests
{
    sealed class Connection : IOpenConnection
    {
        public void Drain() { }
        public void Abort() { }
    }

    readonly OpenConnections open = new();

    [Fact]
    public void They_are_counted_and_seen()
    {
        Connection first = new(), second = new();
        open.Add(first);
        open.Add(second);
        Assert.Equal(2, open.Count);
        Assert.Equal([first, second], open.Snapshot().OrderBy(each => each == second));
        open.Remove(first);
        open.Remove(first);
        Assert.Equal([second], open.Snapshot());
    }

    [Fact]
    public void One_that_takes_the_place_of_another_leaves_no_gap()
    {
        Connection before = new(), after = new();
        open.Add(before);
        Task empty = open.UntilEmptyAsync();
        open.Replace(before, after);
        Assert.Equal([after], open.Snapshot());
        open.Remove(before);
        Assert.False(empty.IsCompleted);
        open.Remove(after);
        Assert.True(empty.IsCompleted);
    }

    [Fact]
    public void Without_any_nobody_waits()
    {
        Assert.True(open.UntilEmptyAsync().IsCompleted);
        open.Add(new Connection());
        Assert.Single(open.Snapshot());
    }
}
