using System.Runtime.CompilerServices;

namespace RawNet;

/// <summary>
/// The one door out of a connection: bounded in bytes, corked while a read is handled, with a deadline of its own, since
/// <c>Socket.SendTimeout</c> does nothing for asynchronous sends. Any thread may write; one send is under way at a time.
/// A send is tried at once on the caller's thread and continues elsewhere only when the socket is full.
/// </summary>
public sealed partial class SendQueue : IDeadlineOwner, IDisposable
{
    // One send at most, so that a slow but living peer shows progress before the deadline: 6.4 KiB/s are enough.
    internal const int MaxSendBytes = 64 * 1024;

    readonly ByteChannel channel; // nobody else's, and so the lock too: one of its own would weigh on each connection that idles
    readonly Heartbeat heartbeat;
    readonly SendQueueOptions options;
    SendSegments segments;
    SendSegment current;
    ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter underWay;
    Deadline? stall;        // these three from the first time that the peer took less than it was sent:
    Action? whenSent;       // most connections never need them,
    SendWaiter? waiter;     // and each would weigh on those that idle
    Action? whenRoom;
    LeastRate rate;
    long waitsSince;
    int queued, corks;
    long level; // what the owed bytes come on top of: the bound, or what data reached beyond it
    bool sending, ended, refusesWrites;

    /// <summary>Makes an empty queue in front of <paramref name="channel"/>.</summary>
    public SendQueue(ByteChannel channel, Heartbeat heartbeat, SendQueueOptions options)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(heartbeat);
        ArgumentNullException.ThrowIfNull(options);
        this.channel = channel;
        this.options = options;
        this.heartbeat = heartbeat;
        rate = new(options.MinBytesPerSecond, options.GraceMilliseconds);
    }

    /// <summary>Bytes that wait or are being sent.</summary>
    public int QueuedBytes => Volatile.Read(ref queued);

    /// <summary>True when at most half of the bound in force is used: <see cref="SendQueueOptions.MaxBytes"/>, or less while the <see cref="SendQueueOptions.Budget"/> is spent.</summary>
    public bool HasRoom => QueuedBytes <= RoomBytes;

    /// <summary>True when nothing can be sent any more.</summary>
    public bool HasEnded => Volatile.Read(ref ended);

    /// <summary>Why nothing can be sent any more; null while it can, and after an ordinary <see cref="Dispose"/>.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Queues a copy of <paramref name="bytes"/>.</summary>
    /// <returns>False, and nothing is queued, when the bound would be passed or the queue has ended.</returns>
    public bool TryWrite(ReadOnlySpan<byte> bytes) => Write(bytes, null, isOwed: false);

    /// <summary>Queues <paramref name="bytes"/>: small ones are copied, for large ones the queue becomes a holder.</summary>
    /// <returns>As <see cref="TryWrite(ReadOnlySpan{byte})"/>.</returns>
    public bool TryWrite(SharedBytes bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Write(bytes.Span, bytes.Length > SendSegments.CopyAtMost ? bytes : null, isOwed: false);
    }

    /// <summary>Queues what the protocol owes the peer: it may use <see cref="SendQueueOptions.OwedBytes"/> beyond the bound, and beyond a large message that passed it.</summary>
    /// <returns>False when even that is used up, or the queue has ended.</returns>
    public bool TryWriteOwed(ReadOnlySpan<byte> bytes) => Write(bytes, null, isOwed: true);

    /// <summary>Queues as <see cref="TryWriteOwed(ReadOnlySpan{byte})"/> and then, behind it, as <see cref="TryWrite(ReadOnlySpan{byte})"/>; nothing comes in between.</summary>
    /// <param name="owed">What the protocol owes: the head of an answer.</param>
    /// <param name="rest">What goes behind it; there is always room for nothing.</param>
    /// <param name="isRestQueued">What the second would have said; false when the first says so.</param>
    /// <returns>What the first would have said.</returns>
    public bool TryWriteOwed(ReadOnlySpan<byte> owed, ReadOnlySpan<byte> rest, out bool isRestQueued)
    {
        lock (channel)
        {
            bool isQueued = Put(owed, null, isOwed: true, expected: rest.Length);
            isRestQueued = isQueued && (rest.IsEmpty || Put(rest, null, isOwed: false));
            return isQueued;
        }
    }

    /// <summary>Holds sends back until <see cref="Uncork"/>, so that all answers to one read leave together. For the receive loop only; may be nested.</summary>
    public void Cork() => Interlocked.Increment(ref corks);

    /// <summary>Undoes one <see cref="Cork"/> and sends what has gathered.</summary>
    public void Uncork()
    {
        Interlocked.Decrement(ref corks);
        Flush();
    }

    /// <summary>Starts sending what waits, unless the queue is corked or a send is under way.</summary>
    public void Flush() => StartSending(evenCorked: false);

    /// <summary>Refuses every later write; what is queued still leaves. For a connection that is about to end its side.</summary>
    public void EndWriting()
    {
        lock (channel) refusesWrites = true;
    }

    /// <summary>Waits until at most half of the bound in force is used. Waiting sends what is queued, even while corked.</summary>
    /// <returns>False when the queue has ended or takes no more writes. One waiter at a time. With a <see cref="SendQueueOptions.Budget"/> the room may be gone again: whoever is refused waits again.</returns>
    public ValueTask<bool> WaitForRoomAsync() => Volatile.Read(ref refusesWrites) ? new(false) : WaitUntilAsync(RoomBytes);

    /// <summary>Waits until everything has been handed to the channel. Waiting sends what is queued, even while corked.</summary>
    /// <returns>False when the queue ended first. One waiter at a time.</returns>
    public ValueTask<bool> WaitForEmptyAsync() => WaitUntilAsync(0);

    /// <summary>Calls <paramref name="once"/> when there is room again or the queue has ended, on the thread that made room.</summary>
    /// <returns>False, and it will not be called, when there is room now or the queue has ended: try again instead.</returns>
    public bool NotifyWhenRoom(Action once)
    {
        lock (channel)
        {
            if (ended || queued <= RoomBytes) return false;
            whenRoom = once;
            return true;
        }
    }

    /// <summary>The peer took nothing for too long.</summary>
    void IDeadlineOwner.OnDue(long nowMilliseconds) => Fail(new TimeoutException("The peer did not take what was sent within the write deadline."));

    /// <summary>Ends the queue; what waits is dropped.</summary>
    public void Dispose()
    {
        End(null)?.Invoke();
        stall?.Dispose();
    }

    bool Write(ReadOnlySpan<byte> bytes, SharedBytes? shared, bool isOwed)
    {
        lock (channel) return Put(bytes, shared, isOwed);
    }

    // Under the lock. So many bytes are expected behind them, to leave in one send.
    bool Put(ReadOnlySpan<byte> bytes, SharedBytes? shared, bool isOwed, int expected = 0)
    {
        if (ended || refusesWrites || !HasRoomFor(bytes.Length, isOwed)) return false;
        if (bytes.IsEmpty) return true;
        if (shared is null) segments.Append(bytes, expected);
        else segments.Append(shared.AddRef());
        queued += bytes.Length;
        options.Budget?.Add(bytes.Length);
        if (!isOwed) level = Math.Max(level, queued);
        return true;
    }

    // Read anew by everybody who compares with it; why nobody sleeps for ever all the same is written in SendBudget.
    int Bound => options.Budget is { IsSpent: true } ? Math.Min(options.MaxBytes, SendBudget.FloorBytes) : options.MaxBytes;

    int RoomBytes => Bound / 2;

    bool HasRoomFor(long count, bool isOwed)
    {
        int bound = Bound;
        if (queued <= bound / 2 || queued + count <= (isOwed ? Math.Max(bound, level) + options.OwedBytes : bound)) return true;
        if (bound < options.MaxBytes && !isOwed && (queued <= options.MaxBytes / 2 || queued + count <= options.MaxBytes)) options.Budget!.CountRefused();
        return false;
    }

    ValueTask<bool> WaitUntilAsync(int atMost)
    {
        StartSending(evenCorked: true);
        lock (channel)
        {
            if (ended) return new(false);
            if (queued <= atMost) return new(true);
            return (waiter ??= new()).Arm(atMost);
        }
    }

    void Fail(Exception reason)
    {
        Action? room = End(reason);
        channel.Abort(); // before anybody is told: who hears of the end finds it done
        room?.Invoke();
    }

    // Gives whom to tell, outside of the lock.
    Action? End(Exception? reason)
    {
        lock (channel)
        {
            if (ended) return null;
            Failure = reason;
            Volatile.Write(ref ended, true);
            segments.Clear();
            if (!sending) current.Drop();
            options.Budget?.Add(-queued);
            queued = 0;
            waiter?.Ended();
            Action? room = whenRoom;
            whenRoom = null;
            return room;
        }
    }
}
