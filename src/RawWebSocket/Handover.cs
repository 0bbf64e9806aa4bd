using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace RawWebSocket;

/// <summary>
/// Where a receive loop hands what it read to the one who asks for it: nothing is stored, so the loop reads on only when the last thing
/// was let go. The loop offers, one other thread takes; a wait allocates nothing unless it can be cancelled.
/// </summary>
/// <typeparam name="T">What is handed over; its memory stays the loop's.</typeparam>
sealed class Handover<T> : IValueTaskSource, IValueTaskSource<T?>
    where T : struct
{
    readonly Lock gate = new();
    ManualResetValueTaskSourceCore<bool> release; // the loop goes on at once, on the thread that let go: it never blocks
    ManualResetValueTaskSourceCore<T?> arrival = new() { RunContinuationsAsynchronously = true }; // the taker may block, and the loop's thread is not its own
    T offered;
    Exception? failure;
    State state;
    bool isWaiting, isDropping;

    enum State : byte { Empty, Offered, Taken, Ended }

    /// <summary>The loop offers what it read.</summary>
    /// <returns>Ends when it was taken and let go.</returns>
    public ValueTask OfferAsync(in T what)
    {
        lock (gate)
        {
            if (isDropping) return default;
            release.Reset();
            offered = what;
            state = isWaiting ? State.Taken : State.Offered;
            if (isWaiting) Arrive(what);
            return new(this, release.Version);
        }
    }

    /// <summary>The loop has ended.</summary>
    /// <param name="reason">What the taker is told; null for an end in order.</param>
    public void End(Exception? reason)
    {
        lock (gate)
        {
            (state, failure) = (State.Ended, reason);
            if (!isWaiting) return;
            isWaiting = false;
            if (reason is null) arrival.SetResult(null);
            else arrival.SetException(reason);
        }
    }

    /// <summary>Lets go of what was taken, and takes what comes next.</summary>
    /// <returns>Null after an end in order. Its memory is valid until this or <see cref="LetGo"/> is called again.</returns>
    /// <exception cref="InvalidOperationException">Another call waits.</exception>
    public ValueTask<T?> TakeAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<T?>(cancellation);
        LetGo();
        ValueTask<T?> waiting;
        lock (gate)
        {
            if (isWaiting) throw new InvalidOperationException("One call may wait for a message at a time.");
            if (state == State.Ended) return failure is null ? default : ValueTask.FromException<T?>(failure);
            if (state == State.Offered)
            {
                state = State.Taken;
                return new(offered);
            }
            arrival.Reset();
            isWaiting = true;
            waiting = new(this, arrival.Version);
        }
        return cancellation.CanBeCanceled ? WaitAsync(waiting, cancellation) : waiting;
    }

    /// <summary>Lets go of what was taken, so that the loop reads on.</summary>
    public void LetGo()
    {
        lock (gate)
        {
            if (state != State.Taken) return;
            state = State.Empty;
        }
        release.SetResult(true);
    }

    /// <summary>Lets go, and drops whatever comes from now on.</summary>
    public void Drop()
    {
        lock (gate)
        {
            isDropping = true;
            if (state == State.Offered) state = State.Taken;
        }
        LetGo();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<T?> WaitAsync(ValueTask<T?> waiting, CancellationToken cancellation)
    {
        using (cancellation.UnsafeRegister(static (self, cancelled) => ((Handover<T>)self!).Cancel(cancelled), this))
            return await waiting.ConfigureAwait(false);
    }

    void Cancel(CancellationToken cancelled)
    {
        lock (gate)
        {
            if (!isWaiting) return; // something came first, and is handed over
            isWaiting = false;
            arrival.SetException(new OperationCanceledException(cancelled));
        }
    }

    void Arrive(in T what)
    {
        isWaiting = false;
        arrival.SetResult(what);
    }

    void IValueTaskSource.GetResult(short token) => release.GetResult(token);
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => release.GetStatus(token);
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        release.OnCompleted(continuation, state, token, flags);
    T? IValueTaskSource<T?>.GetResult(short token) => arrival.GetResult(token);
    ValueTaskSourceStatus IValueTaskSource<T?>.GetStatus(short token) => arrival.GetStatus(token);
    void IValueTaskSource<T?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        arrival.OnCompleted(continuation, state, token, flags);
}
