namespace RawHub.Tests;

public class HistoryTests
{
    [Theory]
    [InlineData(3, 1000, "8 9 10 |")]
    [InlineData(1000, 5, "7 8 9 10 |")]
    [InlineData(0, 1000, "")]
    [InlineData(1000, 1000, "1 2 3 4 5 6 7 8 9 10 |")]
    public void Count_and_bytes_bound_what_is_kept(int messages, long bytes, string kept)
    {
        HubFixture fixture = new(messages, bytes);
        for (int i = 1; i <= 10; i++) fixture.Publish("a", $"{i}");
        Assert.Equal(kept, fixture.Subscribe("a", Cursor.Earliest).Text);
    }

    [Fact]
    public void Age_bounds_what_is_kept_by_the_clock_the_hub_is_told()
    {
        HubFixture fixture = new(ageMs: 5_000);
        fixture.Publish("a", "1");
        fixture.Hub.Tick(4_000);
        fixture.Publish("a", "2");
        fixture.Hub.Tick(5_000);
        Assert.Equal("1 2 |", fixture.Subscribe("a", Cursor.Earliest).Text);
        fixture.Hub.Tick(6_000);
        Assert.Equal("2 |", fixture.Subscribe("a", Cursor.Earliest).Text);
        Assert.Equal(1, fixture.Hub.MessagesInUse);
    }

    [Fact]
    public void What_is_not_dispatched_yet_is_never_evicted()
    {
        HubFixture fixture = new(messages: 2);
        Recorder recorder = fixture.Subscribe("a");
        fixture.IsHeld = true;
        for (int i = 1; i <= 5; i++) Assert.Equal(i, fixture.Publish("a", $"{i}").Backlog);
        fixture.RunAll();
        Assert.Equal("1 2 3 4 5 |", recorder.Text);
        Assert.Equal(2, fixture.Hub.MessagesInUse);
    }
}
