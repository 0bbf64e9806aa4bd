using System.Net.Sockets;
using System.Runtime.CompilerServices;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>
/// The loop of one connection: read a head, have it answered, read away what is left, again. RFC 9112 §9.
/// One task per connection; answers held elsewhere, the heartbeat and the server's drain meet it at <see cref="LoopDeadline"/>.
/// </summary>
sealed partial class HttpConnection : IDeadlineOwner, IOpenConnection
{
    readonly LoopDeadline wait;
    readonly HttpExchange exchange;
    readonly RequestHeadReader heads;
    HeldWait? held; // from the first exchange that is held
    CycleState state;
    HttpFault refusedFor;
    long requests, headDue, heldDue;
    int ending, corked;
    bool peerEnded, endsSending;

    internal HttpConnection(Connection connection, HttpService service)
    {
        Connection = connection;
        Service = service;
        wait = new(connection.Deadline);
        heads = new(service.Options.Limits, connection.IsSecure);
        exchange = new(this);
        connection.Deadline.Owner = this;
    }

    internal Connection Connection { get; }

    internal HttpService Service { get; }

    internal ReceiveBuffer Inbox => Connection.Inbox;

    internal SendQueue Outbox => Connection.Outbox;

    internal long Now => Connection.Heartbeat.NowMilliseconds;

    /// <summary>Whether no further request is taken after the present one.</summary>
    internal bool IsLastRequest => requests >= Service.Options.MaxRequests;

    /// <summary>Runs until the connection ends, or is another protocol's, and gives everything back.</summary>
    /// <returns>What runs on: the other protocol, or nothing. This connection is no longer held by it.</returns>
    internal async Task<Task> RunAsync()
    {
        Service.Open.Add(this);
        try
        {
            Cork();
            ExpectHead();
            // One state machine for all of it: this is where a connection idles.
            while (ReadHead() is var step and not HeadStep.Refused)
            {
                if (step == HeadStep.NeedsMore)
                {
                    if (!BeginWait(state == CycleState.Idle ? Waiting.Request : Waiting.Head, headDue)) break;
                    await UntilReadableAsync().ConfigureAwait(false);
                    if (!EndWait(await Connection.TakeAsync().ConfigureAwait(false))) break;
                    Cork();
                    continue;
                }
                await HandleAsync().ConfigureAwait(false);
                if (exchange.IsHeld)
                {
                    BeginHold(); // the answer comes from elsewhere
                    while (IsStillHeld())
                    {
                        await held!.WaitAsync(watchPeer: !Inbox.IsFull && !peerEnded).ConfigureAwait(false);
                        if (held.TakeReadable()) await ReceiveWhileHeldAsync().ConfigureAwait(false);
                    }
                    EndHold();
                }
                if (!TakeAnswer() || !await FinishAsync().ConfigureAwait(false)) break;
                ExpectHead();
            }
            await LeaveAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (failure is SocketException or IOException or ObjectDisposedException) EndBroken();
            else EndBug(failure);
        }
        return GiveBack();
    }

    async ValueTask LeaveAsync()
    {
        LeaveBeforeHead();
        Uncork();
        if (state != CycleState.Upgraded && !(peerEnded && ending == (int)HttpEnding.PeerClosed)) await LingerAsync().ConfigureAwait(false);
    }

    // What HTTP held goes back. Upgraded, the connection lives on, and nothing of this object with it.
    Task GiveBack()
    {
        UpgradedChannel? upgraded = state == CycleState.Upgraded ? HandOver() : null;
        state = MessageCycle.After(state, CycleEvent.StreamEnded);
        exchange.LosePeer();
        exchange.Release();
        if (upgraded is not null) return upgraded.RunAsync(Service, requests);
        Connection.Dispose();
        Service.Events.OnEnded(Connection.RemoteEndPoint, (HttpEnding)ending, refusedFor, requests);
        Service.Open.Remove(this);
        return Task.CompletedTask;
    }

    UpgradedChannel HandOver()
    {
        UpgradedChannel channel = new(Connection, exchange.Response.Upgraded);
        wait.Begin(Waiting.Nothing, long.MaxValue);
        Connection.Deadline.Owner = null;
        Service.Open.Replace(this, channel);
        if (Service.IsDraining) channel.Drain(); // who drains may have seen neither
        return channel;
    }

    void ExpectHead() => headDue = Now + Service.Options.IdleMilliseconds;

    HeadStep ReadHead()
    {
        ReadResult result = heads.Read(Inbox.Unread, exchange.Request.Head);
        if (state == CycleState.Idle && heads.HasBegun | result.Status == ReadStatus.Done)
        {
            state = MessageCycle.After(state, CycleEvent.RequestBegan);
            headDue = Now + Service.Options.HeadMilliseconds;
        }
        if (result.Status == ReadStatus.NeedMore)
        {
            if (state == CycleState.Idle) exchange.Request.Head.Fields.Release(); // the last request's, while none is there
            return HeadStep.NeedsMore;
        }
        if (result.Status == ReadStatus.Invalid) return Refuse(result.Fault);
        Inbox.Consume(result.Consumed);
        state = MessageCycle.After(state, CycleEvent.HeadRead);
        return HeadStep.Done;
    }

    // A wait for a head was the last, whoever ended it.
    void LeaveBeforeHead()
    {
        if (state is not (CycleState.Idle or CycleState.Head)) return;
        if (peerEnded) End(HttpEnding.PeerClosed);
        state = MessageCycle.After(state, state == CycleState.Idle ? CycleEvent.Closing : CycleEvent.Refused);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask HandleAsync()
    {
        requests++;
        exchange.Begin(refuses: false);
        try
        {
            ValueTask handling = BeginHandling();
            if (!handling.IsCompleted) Uncork(); // what it sends on its way must not wait for its end
            await handling.ConfigureAwait(false);
            if (exchange.IsHandling && !LostPeer()) throw new InvalidOperationException("The handler returned without an answer.");
        }
        catch (Exception failure)
        {
            FailHandler(failure);
            return;
        }
        Cork();
    }

    ValueTask BeginHandling()
    {
        using (Connection.Heartbeat.Watching(exchange.Request)) return Service.Handler.HandleAsync(exchange);
    }

    // False when nothing can follow: no answer, or that of a handler that failed, or another protocol.
    bool TakeAnswer()
    {
        if (state is not (CycleState.Handling or CycleState.Held) || exchange.IsGone || exchange.IsHandling) return false;
        state = MessageCycle.After(state, exchange.Response.Upgraded is null ? CycleEvent.Answered : CycleEvent.Switched);
        return state == CycleState.Answered;
    }

    void BeginHold()
    {
        Uncork();
        held ??= new(Connection);
        state = MessageCycle.After(state, CycleEvent.Held);
        exchange.Request.Head.Fields.Release(); // the handler has returned, and who answers may take its time
        if (exchange.Request.IsContentComplete) Inbox.ReleaseWhenEmpty();
        wait.Begin(Waiting.Held, Volatile.Read(ref heldDue));
        if (Service.IsDraining) exchange.TellDraining();
    }

    bool IsStillHeld()
    {
        held!.Reset(); // before the look, so that an answer between the two is not missed
        return exchange.IsHeld;
    }

    // The peer sent or left, which is noticed at once; what it sent waits in the inbox.
    async ValueTask ReceiveWhileHeldAsync()
    {
        if (await Connection.TakeAsync().ConfigureAwait(false) > 0) return;
        peerEnded = true;
        exchange.LosePeer();
        if (exchange.IsGone) End(HttpEnding.PeerClosed);
    }

    void EndHold()
    {
        if (exchange.IsGone) return;
        wait.End();
        Cork();
    }

    // What is left of the request's content goes, and the connection too unless both sides keep it. RFC 9112 §9.3.
    ValueTask<bool> FinishAsync()
    {
        bool isFinished = !exchange.Response.HasUnsent && exchange.Response.KeepsAlive && !peerEnded && !exchange.Request.HasContent && Outbox.HasRoom;
        return isFinished ? new(GoOn(keeps: true)) : FinishRestAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<bool> FinishRestAsync()
    {
        if (exchange.Response.TakeUnsent() is { } unsent) await SendAloneAsync(unsent).ConfigureAwait(false);
        bool keeps = exchange.Response.KeepsAlive && !peerEnded
            && await exchange.Request.DiscardContentAsync(Service.Options.MaxDiscardBytes).ConfigureAwait(false);
        if (keeps && !Outbox.HasRoom)
        {
            Uncork();
            keeps = await Outbox.WaitForRoomAsync().ConfigureAwait(false);
            Cork();
        }
        return GoOn(keeps);
    }

    bool GoOn(bool keeps)
    {
        exchange.Request.ReleaseContent();
        state = MessageCycle.After(state, keeps ? CycleEvent.NextMayCome : CycleEvent.Closing);
        if (Outbox.HasEnded) EndBroken();
        else if (!keeps) End(peerEnded ? HttpEnding.PeerClosed : HttpEnding.Closed);
        return keeps;
    }

    // Content larger than the queue's bound goes when nothing else waits.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask SendAloneAsync(SharedBytes content)
    {
        Uncork();
        if (await Outbox.WaitForEmptyAsync().ConfigureAwait(false)) Outbox.TryWrite(content);
        content.Release();
        Cork();
    }

    // RFC 9112 §9.6: end our side, then read on for a while, so that what the peer still sends does not reset the answer away.
    async ValueTask LingerAsync()
    {
        long over = Now + Service.Options.MaxLingerMilliseconds;
        if (!endsSending)
        {
            endsSending = true;
            if (!await Connection.EndSendingAsync().ConfigureAwait(false)) return;
        }
        while (!peerEnded)
        {
            wait.Begin(Waiting.Linger, Math.Min(over, Now + Service.Options.LingerMilliseconds));
            Inbox.Consume(Inbox.Unread.Length);
            await UntilReadableAsync().ConfigureAwait(false);
            peerEnded = await Connection.TakeAsync().ConfigureAwait(false) == 0;
        }
    }

    HeadStep Refuse(HttpFault fault)
    {
        exchange.Begin(refuses: true);
        exchange.Response.SendProblem(fault);
        state = MessageCycle.After(state == CycleState.Idle ? CycleState.Head : state, CycleEvent.Refused);
        return HeadStep.Refused;
    }

    enum HeadStep { Done, NeedsMore, Refused }
}
