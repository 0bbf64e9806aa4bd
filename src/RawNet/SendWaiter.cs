using System.Threading.Tasks.Sources;

namespace RawNet;

/// <summary>
/// Wakes the one who waits for a send queue to shrink; reused, so waiting allocates nothing.
/// Called under the queue's lock; the one who waits continues on the thread pool, never inside that lock.
/// </summary>
internal sealed class SendWaiter : IValueTaskSource<bool>
{
    ManualResetValueTaskSourceCore<bool> core = new() { RunContinuationsAsynchronously = true };
    int atMost;
    bool armed;

    public ValueTask<bool> Arm(int queuedAtMost)
    {
        if (armed) throw new InvalidOperationException("A send queue has one waiter at a time.");
        core.Reset();
        (atMost, armed) = (queuedAtMost, true);
        return new(this, core.Version);
    }

    public void Reached(int queued)
    {
        if (armed && queued <= atMost) Wake(true);
    }

    public void Ended()
    {
        if (armed) Wake(false);
    }

    void Wake(bool reached)
    {
        armed = false;
        core.SetResult(reached);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => core.GetResult(token);
    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => core.GetStatus(token);
    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
