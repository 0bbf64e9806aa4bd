using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>How a connection is brought to its end, by its loop and from outside. The first reason counts.</summary>
sealed partial class HttpConnection
{
    void IOpenConnection.Drain()
    {
        lock (wait.Gate)
            if (wait.For == Waiting.Request) EndIdle(HttpEnding.Drained);
        exchange.TellDraining();
    }

    void IOpenConnection.Abort()
    {
        End(HttpEnding.Aborted);
        Connection.Abort();
    }

    /// <summary>The peer does not take what it is sent, and half an answer is worse than none. Any thread.</summary>
    internal void GiveUpPeer()
    {
        End(HttpEnding.TooSlow);
        Connection.Abort();
    }

    /// <summary>Content that was promised does not come: the peer must not take what it has for all of it. RFC 9112 §8. Any thread.</summary>
    internal void LeaveIncomplete()
    {
        if (Outbox.HasEnded) EndBroken();
        else End(HttpEnding.Incomplete);
        Connection.Abort();
    }

    void IDeadlineOwner.OnDue(long nowMilliseconds)
    {
        bool isHeld;
        lock (wait.Gate)
        {
            Waiting over = wait.OverTime(nowMilliseconds);
            isHeld = over == Waiting.Held;
            if (over == Waiting.Request) EndIdle(HttpEnding.IdleTimeout);
            else if (over == Waiting.Head) RefuseLate(HttpFault.HeadTooSlow);
            else if (over == Waiting.Body) RefuseLate(HttpFault.BodyTooSlow);
            else if (over == Waiting.Linger) Connection.Abort();
        }
        if (isHeld) exchange.TellDue(nowMilliseconds);
    }

    bool LeavesWhenDraining(Waiting waiting)
    {
        if (waiting != Waiting.Request || !Service.IsDraining) return false;
        lock (wait.Gate) EndIdle(HttpEnding.Drained);
        return true;
    }

    /// <summary>An answer says that a rule is broken and that the connection cannot go on.</summary>
    internal void RefusedFor(HttpFault fault)
    {
        refusedFor = fault;
        End(HttpEnding.Refused);
    }

    // From the heartbeat's thread, under the gate, while the loop waits: it finds itself lingering when it wakes.
    void RefuseLate(HttpFault fault)
    {
        RefusedFor(fault);
        if (wait.For == Waiting.Head) exchange.Begin(refuses: true);
        wait.Overtake(Now + Service.Options.LingerMilliseconds);
        if (exchange.Response.SendProblem(fault) || exchange.IsAnswered) _ = EndSendingSoon();
        else Connection.Abort(); // half an answer is out: no other can follow
    }

    // Under the gate.
    void EndIdle(HttpEnding reason)
    {
        End(reason);
        wait.Overtake(Now + Service.Options.LingerMilliseconds);
        _ = EndSendingSoon();
    }

    async Task EndSendingSoon()
    {
        if (endsSending) return;
        endsSending = true;
        await Connection.EndSendingAsync().ConfigureAwait(false); // says false when it breaks, throws nothing
    }

    // What the handler could not finish, since nobody takes it, is no mistake of its own.
    bool LostPeer()
    {
        if (!exchange.Response.HasStarted || !Outbox.HasEnded) return false;
        EndBroken();
        return true;
    }

    void EndBroken() => End(Outbox.Failure is TimeoutException ? HttpEnding.TooSlow : HttpEnding.Broken);

    void End(HttpEnding how) => Interlocked.CompareExchange(ref ending, (int)how, 0);

    void EndBug(Exception bug)
    {
        End(HttpEnding.Bug);
        Service.Events.OnBug(bug);
    }

    void FailHandler(Exception failure)
    {
        EndBug(failure);
        Cork();
        exchange.Response.CloseAfter();
        if (!exchange.Response.SendProblem(HttpFault.ServerFailed)) Connection.Abort(); // half an answer is out: no other can follow
        state = MessageCycle.After(MessageCycle.After(state, CycleEvent.Answered), CycleEvent.Closing);
    }
}
