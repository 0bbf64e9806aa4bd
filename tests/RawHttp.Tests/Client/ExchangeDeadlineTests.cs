using RawHttp.Client;
using RawNet;
using Testing;

namespace RawHttp.Tests.Client;

public sealed class ExchangeDeadlineTests : IDeadlineOwner, IDisposable
{
    readonly ManualTime time = new();
    readonly Heartbeat heartbeat;
    readonly Deadline row;
    readonly ExchangeDeadline deadline;
    readonly List<ClientWait> late = [];

    public ExchangeDeadlineTests()
    {
        heartbeat = new(time);
        row = heartbeat.Register(this);
        deadline = new(row);
    }

    void IDeadlineOwner.OnDue(long nowMilliseconds) => late.Add(deadline.TakeOverTime(nowMilliseconds));

    public void Dispose()
    {
        row.Dispose();
        heartbeat.Dispose();
    }

    [Fact]
    public void What_is_waited_for_is_late_once()
    {
        deadline.Begin(long.MaxValue);
        deadline.Wait(ClientWait.Head, 500);
        time.Advance(400);
        Assert.Empty(late);
        time.Advance(1000);
        Assert.Equal([ClientWait.Head], late);
    }

    [Fact]
    public void The_whole_is_late_though_each_piece_came_in_time()
    {
        deadline.Begin(1000);
        for (int at = 0; at < 1500; at += 100)
        {
            deadline.Wait(ClientWait.Content, at + 500);
            time.Advance(100);
        }
        Assert.Equal([ClientWait.Whole], late);
    }

    [Fact]
    public void After_waiting_for_100_the_request_is_sent_and_has_no_deadline_here()
    {
        deadline.Begin(long.MaxValue);
        deadline.Wait(ClientWait.Continue, 300);
        time.Advance(300);
        Assert.Equal([ClientWait.Continue], late);
        deadline.Change(ClientWait.Sending, ClientWait.Head, 1000);
        time.Advance(1000);
        Assert.Equal([ClientWait.Continue, ClientWait.Head], late);
    }

    [Fact]
    public void A_sender_that_is_done_after_the_head_came_changes_nothing()
    {
        deadline.Begin(long.MaxValue);
        deadline.Rest();
        deadline.Change(ClientWait.Sending, ClientWait.Head, 100);
        time.Advance(1000);
        Assert.Empty(late);
    }

    [Fact]
    public void A_tick_that_is_overtaken_by_a_new_wait_finds_nothing_late_and_the_new_one_still_comes()
    {
        deadline.Begin(long.MaxValue);
        deadline.Wait(ClientWait.Content, 900);
        Assert.Equal(ClientWait.Nothing, deadline.TakeOverTime(100)); // as if the one before had fired just now
        time.Advance(900);
        Assert.Equal([ClientWait.Content], late);
    }

    [Fact]
    public void An_exchange_that_is_over_is_never_late()
    {
        deadline.Begin(500);
        deadline.Wait(ClientWait.Content, 300);
        deadline.End();
        time.Advance(1000);
        Assert.Empty(late);
    }
}
