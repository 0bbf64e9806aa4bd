using System.Net;
using System.Threading.Tasks.Sources;
using RawNet;

namespace Testing;

/// <summary>
/// A channel that plays what a test says and records what is sent. A loop that waits for bytes goes on inside
/// <see cref="Arrive(ReadOnlySpan{byte})"/>, on the test's thread, so that a test knows when it has handled them. Allocates nothing when warm.
/// </summary>
public sealed class ScriptedChannel : ByteChannel
{
    readonly Lock gate = new();
    readonly PendingCall receiving = new();
    readonly PendingCall sendingCall = new();
    readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource sendingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<(int Bytes, TaskCompletionSource Reached)> sentWaiters = [];
    byte[] arrived = new byte[256];
    byte[] sent = new byte[256];
    int arrivedStart, arrivedEnd, sentCount;
    long sentTotal;
    Memory<byte> receiveInto;
    ReadOnlyMemory<byte> stalledSend;
    Exception? broken;
    bool ended, isAborted;

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 40_000);

    /// <inheritdoc/>
    public override bool IsSecure => false;

    /// <inheritdoc/>
    public override bool EndedInOrder => !EndIsCutOff;

    /// <summary>While true, the peer's end is one that it did not tell itself, as under TLS without close_notify.</summary>
    public bool EndIsCutOff { get; set; }

    /// <summary>While true, sends stay pending: the peer takes nothing. Setting it to false lets the pending one through.</summary>
    public bool SendsStall
    {
        get;
        set
        {
            field = value;
            if (!value) ReleaseStalledSend();
        }
    }

    /// <summary>While false, sent bytes are counted but not kept: for allocation tests.</summary>
    public bool KeepsSent { get; set; } = true;

    /// <summary>Lets one pending send through; later ones stay pending as before.</summary>
    public void TakeOneSend() => ReleaseStalledSend();

    /// <summary>How many sends the channel was asked for.</summary>
    public int SendCalls { get; private set; }

    /// <summary>Bytes sent in all.</summary>
    public long SentTotal => Interlocked.Read(ref sentTotal);

    /// <summary>True after <see cref="EndSendingAsync"/>.</summary>
    public bool HasEndedSending => sendingEnded.Task.IsCompleted;

    /// <summary>True after <see cref="Abort"/> or disposal.</summary>
    public bool IsAborted => isAborted;

    /// <summary>Ends when the channel is aborted or disposed.</summary>
    public Task WhenAborted => aborted.Task;

    /// <summary>Ends when our side was ended in order.</summary>
    public Task WhenSendingEnded => sendingEnded.Task;

    /// <summary>True while a receive waits without a buffer: the loop is idle and holds no memory for bytes.</summary>
    public bool WaitsWithoutBuffer => receiving.IsPending && receiveInto.IsEmpty;

    /// <summary>A copy of what was sent since the last <see cref="TakeSent"/>.</summary>
    public byte[] Sent
    {
        get { lock (gate) return sent[..sentCount]; }
    }

    /// <summary>What was sent since the last call, as a copy.</summary>
    public byte[] TakeSent()
    {
        lock (gate)
        {
            byte[] taken = sent[..sentCount];
            sentCount = 0;
            return taken;
        }
    }

    /// <summary>Ends when at least <paramref name="bytes"/> were sent in all.</summary>
    public Task WhenSent(long bytes)
    {
        lock (gate)
        {
            if (sentTotal >= bytes) return Task.CompletedTask;
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            sentWaiters.Add(((int)bytes, reached));
            return reached.Task;
        }
    }

    /// <summary>The peer sends <paramref name="bytes"/>.</summary>
    public void Arrive(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (arrivedStart == arrivedEnd) arrivedStart = arrivedEnd = 0;
            if (arrived.Length - arrivedEnd < bytes.Length) Array.Resize(ref arrived, Math.Max(arrived.Length * 2, arrivedEnd + bytes.Length));
            bytes.CopyTo(arrived.AsSpan(arrivedEnd));
            arrivedEnd += bytes.Length;
        }
        CompleteReceive();
    }

    /// <summary>The peer sends <paramref name="text"/> as UTF-8.</summary>
    public void Arrive(string text) => Arrive(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The peer ends its side.</summary>
    public void ArriveEnd()
    {
        ended = true;
        CompleteReceive();
    }

    /// <summary>The connection breaks: pending and later calls fail with <paramref name="reason"/>.</summary>
    public void Break(Exception reason)
    {
        broken = reason;
        receiving.Fail(reason);
        sendingCall.Fail(reason);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReceiveAsync(Memory<byte> into)
    {
        if (broken is not null) return ValueTask.FromException<int>(broken);
        if (TryReceive(into, out int count)) return new(count);
        receiveInto = into;
        ValueTask<int> pending = receiving.Start();
        CompleteReceive(); // bytes may have arrived since the look above
        if (broken is not null) receiving.Fail(broken);
        return pending;
    }

    /// <inheritdoc/>
    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (broken is not null) return ValueTask.FromException<int>(broken);
        SendCalls++;
        if (SendsStall)
        {
            stalledSend = bytes;
            ValueTask<int> pending = sendingCall.Start();
            if (broken is not null) sendingCall.Fail(broken); // another thread may have broken it since the look above
            return pending;
        }
        Record(bytes.Span);
        return new(bytes.Length);
    }

    /// <inheritdoc/>
    public override ValueTask EndSendingAsync()
    {
        sendingEnded.TrySetResult();
        return default;
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        isAborted = true;
        aborted.TrySetResult();
        Break(new ObjectDisposedException(nameof(ScriptedChannel)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Abort();

    bool TryReceive(Memory<byte> into, out int count)
    {
        lock (gate)
        {
            count = Math.Min(into.Length, arrivedEnd - arrivedStart);
            if (arrivedStart == arrivedEnd) return ended;
            arrived.AsSpan(arrivedStart, count).CopyTo(into.Span);
            arrivedStart += count;
            return true;
        }
    }

    void CompleteReceive()
    {
        if (receiving.IsPending && TryReceive(receiveInto, out int count)) receiving.Complete(count);
    }

    void ReleaseStalledSend()
    {
        if (!sendingCall.IsPending) return;
        int count = stalledSend.Length;
        Record(stalledSend.Span);
        sendingCall.Complete(count);
    }

    void Record(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            sentTotal += bytes.Length;
            if (KeepsSent)
            {
                if (sent.Length - sentCount < bytes.Length) Array.Resize(ref sent, Math.Max(sent.Length * 2, sentCount + bytes.Length));
                bytes.CopyTo(sent.AsSpan(sentCount));
                sentCount += bytes.Length;
            }
            for (int i = sentWaiters.Count - 1; i >= 0; i--)
            {
                if (sentWaiters[i].Bytes > sentTotal) continue;
                sentWaiters[i].Reached.TrySetResult();
                sentWaiters.RemoveAt(i);
            }
        }
    }

    /// <summary>One receive or send that waits; reused for the next. Goes on at once on the completing thread.</summary>
    sealed class PendingCall : IValueTaskSource<int>
    {
        ManualResetValueTaskSourceCore<int> core;
        int pending;

        public bool IsPending => Volatile.Read(ref pending) == 1;

        public ValueTask<int> Start()
        {
            if (IsPending) throw new InvalidOperationException("One receive and one send may be pending at a time.");
            core.Reset();
            Volatile.Write(ref pending, 1);
            return new(this, core.Version);
        }

        public void Complete(int count)
        {
            if (Interlocked.Exchange(ref pending, 0) == 1) core.SetResult(count);
        }

        public void Fail(Exception reason)
        {
            if (Interlocked.Exchange(ref pending, 0) == 1) core.SetException(reason);
        }

        int IValueTaskSource<int>.GetResult(short token) => core.GetResult(token);
        ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => core.GetStatus(token);
        void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);
    }
}
