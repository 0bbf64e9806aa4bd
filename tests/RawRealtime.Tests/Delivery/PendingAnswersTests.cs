using System.Text;
using RawHub;
using RawRealtime.Delivery;

namespace RawRealtime.Tests.Delivery;

public sealed class PendingAnswersTests : IHubStore
{
    readonly Hub hub;
    readonly List<string> sent = [];
    readonly PendingAnswers pending;
    bool hasRoom = true;
    long records;

    public PendingAnswersTests()
    {
        hub = new(new() { OnFailed = (_, failure) => throw failure, Store = this }, new Immediately());
        pending = new(hub, TrySend, () => sent.Add("|"), () => sent.Add("end"));
    }

    sealed class Immediately : IHubScheduler
    {
        public void Schedule(IHubWork work) => work.Execute();
    }

    long IHubStore.Append(ReadOnlySpan<byte> record) => ++records;

    void IHubStore.Keep(long mark) { }

    void IHubStore.Forget(long mark) { }

    bool TrySend(ReadOnlyMemory<byte> text)
    {
        if (hasRoom) sent.Add(Encoding.UTF8.GetString(text.Span));
        return hasRoom;
    }

    long Publish(string answer)
    {
        long commit = hub.Publish(new(default, true, null), "x"u8).Commit;
        pending.Add(commit, isWritten => Encoding.UTF8.GetBytes(isWritten ? answer : answer.Length == 0 ? "" : "failed"));
        return commit;
    }

    [Fact]
    public void Each_is_given_when_the_store_has_decided_in_the_order_of_the_publishes()
    {
        long first = Publish("1");
        long second = Publish("2");
        Assert.False(pending.IsEmpty);
        Assert.Empty(sent);
        hub.Commit(second, 1);
        Assert.Equal("1 | 2 |", string.Join(' ', sent));
        Assert.True(pending.IsEmpty);
        Assert.True(hub.IsCommitted(first));
    }

    /// <summary>A killed server's client saw its answers in another order: one that was decided already had overtaken one that was being told.</summary>
    [Fact]
    public void One_that_is_decided_already_waits_for_those_before_it()
    {
        long early = hub.Publish(new(default, true, null), "x"u8).Commit;
        Publish("1");
        hub.Commit(early, 1);
        pending.Add(early, _ => "2"u8.ToArray());
        Assert.Empty(sent);
        hub.Commit(records, 1);
        Assert.Equal("1 2 |", string.Join(' ', sent));
    }

    [Fact]
    public void When_the_store_fails_each_is_told_and_one_that_wants_no_answer_gets_none()
    {
        Publish("1");
        Publish("");
        hub.FailStore();
        Assert.Equal("failed |", string.Join(' ', sent));
    }

    [Fact]
    public void Without_room_the_connection_ends_since_no_answer_is_left_out()
    {
        Publish("1");
        hasRoom = false;
        hub.Commit(records, 1);
        Assert.Equal(["end"], sent);
    }
}
