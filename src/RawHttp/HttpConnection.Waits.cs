using System.Net.Sockets;
using System.Runtime.CompilerServices;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>The loop's waits: whatever it waits for, what it owes leaves first.</summary>
sealed partial class HttpConnection
{
    /// <summary>Receives content, at the least rate or better. For <see cref="RequestBody"/>.</summary>
    /// <param name="due">When it is too late.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<HttpFault> ReceiveBodyAsync(long due)
    {
        try
        {
            if (await ReceiveAsync(due).ConfigureAwait(false)) return HttpFault.None;
        }
        catch (Exception broken) when (broken is SocketException or IOException or ObjectDisposedException)
        {
            EndBroken(); // the handler learns it as a fault like any other
            peerEnded = true;
        }
        return refusedFor == HttpFault.None ? HttpFault.BodyIncomplete : refusedFor;
    }

    /// <summary>RFC 9110 §15.2.1, in answer to an expectation; not behind a final answer, whose place it would take. Loop only.</summary>
    internal void SendContinue()
    {
        if (exchange.Response.HasStarted) return;
        Outbox.TryWriteOwed("HTTP/1.1 100 Continue\r\n\r\n"u8);
        Outbox.Flush();
    }

    internal void HeldAnswered() => held?.Answered(); // none yet: the loop has not looked yet whether it is answered

    /// <summary>When the held exchange is to be told, now or as soon as it is held.</summary>
    internal void SetHeldDue(long due)
    {
        Volatile.Write(ref heldDue, due);
        lock (wait.Gate)
            if (wait.For == Waiting.Held) wait.Set(due);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<bool> ReceiveAsync(long due)
    {
        if (!BeginWait(Waiting.Body, due)) return false;
        await UntilReadableAsync().ConfigureAwait(false);
        return EndWait(await Connection.TakeAsync().ConfigureAwait(false)); // uncorked: its handler may wait for other things before its end
    }

    // What is owed leaves first. False when the connection was ended from outside.
    bool BeginWait(Waiting waiting, long due)
    {
        Uncork();
        return wait.Begin(waiting, due) && !LeavesWhenDraining(waiting);
    }

    bool EndWait(int received)
    {
        peerEnded = received == 0;
        return wait.End() && !peerEnded;
    }

    // Without a state machine, which every idle connection would hold.
    ValueTask<int> UntilReadableAsync() => held is { IsWatching: true } ? EndWatchAsync(held) : Connection.UntilReadableAsync();

    // A watch that a held exchange left behind comes first: there is one receive at a time.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> EndWatchAsync(HeldWait held)
    {
        while (held.IsWatching)
        {
            await held.WaitForPeerAsync().ConfigureAwait(false);
            held.TakeReadable();
        }
        return 0;
    }

    void Cork()
    {
        if (Volatile.Read(ref corked) == 0 && Interlocked.Exchange(ref corked, 1) == 0) Outbox.Cork();
    }

    // A handler that goes on elsewhere may come here at the same time as the loop that it left.
    void Uncork()
    {
        if (Volatile.Read(ref corked) == 1 && Interlocked.Exchange(ref corked, 0) == 1) Outbox.Uncork();
    }
}
