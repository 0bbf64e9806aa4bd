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
    bool armed, taken;

    public ValueTask<bool> Arm(int queuedAtMost)
    {
        if (Volatile.Read(ref taken)) throw new InvalidOperationException("A send queue has one waiter at a time.");
        core.Reset();
        (atMost, armed, taken) = (queuedAtMost, true, true);
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

    // Only now may the next one wait: before, it would take the place of one who was woken but has not gone on yet.
    bool IValueTaskSource<bool>.GetResult(short token)
    {
        bool reached = core.GetResult(token);
        Volatile.Write(ref taken, false);
        return reached;
    }

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => core.GetStatus(token);
    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
