using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using RawNet;

namespace RawHttp;

/// <summary>
/// The loop's wait while an answer is held: it ends when the answer was given, from whatever thread, or when the peer sent or left.
/// One object per connection, no task, timer or thread. The watch on the peer outlives the wait: it holds no buffer, so the loop
/// may work on what is unread, and takes the watch up again when it needs more bytes.
/// </summary>
sealed class HeldWait : IValueTaskSource
{
    readonly Connection connection;
    // It locks itself, which nobody else sees: a lock of its own would weigh on each answer that is held.
    readonly Action whenReadable;
    ManualResetValueTaskSourceCore<bool> core = new() { RunContinuationsAsynchronously = true };
    ValueTaskAwaiter<int> watch;
    bool answered, readable, waiting;

    internal HeldWait(Connection connection)
    {
        this.connection = connection;
        whenReadable = () => Wake(ref readable);
    }

    /// <summary>Whether a watch on the peer is pending; no receive may be started before it is taken.</summary>
    internal bool IsWatching { get; private set; }

    /// <summary>Begins a new hold.</summary>
    internal void Reset()
    {
        lock (this) answered = false;
    }

    /// <summary>The answer was given. Any thread.</summary>
    internal void Answered() => Wake(ref answered);

    /// <summary>Waits for the answer or, if <paramref name="watchPeer"/>, for the peer. Loop only.</summary>
    internal ValueTask WaitAsync(bool watchPeer)
    {
        if (watchPeer && !IsWatching) Watch();
        lock (this)
        {
            if (answered || readable) return default;
            core.Reset();
            waiting = true;
            return new(this, core.Version);
        }
    }

    /// <summary>Waits for the peer alone, whose watch is pending. Loop only.</summary>
    internal ValueTask WaitForPeerAsync()
    {
        Reset();
        return WaitAsync(watchPeer: true);
    }

    /// <summary>Ends the watch if the peer sent or left, which a receive then tells apart. Loop only.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    internal bool TakeReadable()
    {
        lock (this)
        {
            if (!readable) return false;
            readable = false;
        }
        IsWatching = false;
        watch.GetResult();
        return true;
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Consumed exactly once, in TakeReadable; a field, so that a hold allocates nothing.")]
    void Watch()
    {
        IsWatching = true;
        watch = connection.WaitForBytesAsync().GetAwaiter();
        if (watch.IsCompleted) Wake(ref readable);
        else watch.UnsafeOnCompleted(whenReadable);
    }

    void Wake(ref bool reason)
    {
        lock (this)
        {
            reason = true;
            if (!waiting) return;
            waiting = false;
        }
        core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => core.GetResult(token);
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => core.GetStatus(token);
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, state, token, flags);
}
