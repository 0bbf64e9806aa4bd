using RawHub;
using RawNet;
using RawRealtime.Access;
using RawRealtime.Server;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// What both kinds of subscribing WebSockets do with the hub's deliveries, when the grant behind them ends, and when a cursor is due that
/// moved without a message: one deadline at most for both.
/// </summary>
/// <param name="expiry">When the grant ends.</param>
/// <param name="news">What there is to tell now and then; null for nothing.</param>
internal sealed class SocketDelivery(GrantExpiry expiry, CursorNews? news = null) : IDeadlineOwner
{
    Deadline? deadline;
    Action? resume; // made when a frame is refused for the first time

    /// <summary>The socket, once it is open.</summary>
    public WsConnection Socket { get; private set; } = null!;

    /// <summary>The socket is open.</summary>
    public void Open(WsConnection socket)
    {
        Socket = socket;
        Heartbeat? heartbeat = news?.Heartbeat ?? expiry.Heartbeat;
        deadline = heartbeat?.Register(this);
        deadline?.SetDue(DueAfter(heartbeat!.NowMilliseconds));
    }

    /// <summary>Begins delivery: elsewhere when what is kept has to be compressed, which would hold up the other sockets of this thread.</summary>
    public void Start(Subscription subscription)
    {
        if (Socket.Compression is null) subscription.Start();
        else subscription.StartSoon();
    }

    /// <summary>The socket is closed.</summary>
    public void Close() => deadline?.Dispose();

    void IDeadlineOwner.OnDue(long nowMilliseconds)
    {
        if (expiry.IsOver(nowMilliseconds))
        {
            Socket.Close(CloseCode.PolicyViolation, ServerFaults.CodeOf(ServerFault.TokenExpired));
            return;
        }
        news!.Tell(Socket);
        deadline!.SetDue(DueAfter(nowMilliseconds));
    }

    long DueAfter(long nowMilliseconds) => expiry.Before(news is null ? long.MaxValue : nowMilliseconds + CursorNews.EveryMilliseconds);

    /// <summary>Queues a frame; false when there is no room, and the subscription goes on when there is again.</summary>
    public bool TryDeliver(Subscription subscription, SharedBytes frame)
    {
        while (!Socket.TryQueueFramed(frame))
            if (!Socket.IsOpen || Socket.NotifyWhenRoom(resume ??= subscription.ResumeSoon)) return false;
        return true;
    }

    /// <summary>What was not taken is no longer kept. The client comes back with its cursor and is told what it missed.</summary>
    public void EndTooSlow() => Socket.Close(CloseCode.TryAgainLater, "too slow: messages were lost");

    /// <summary>The only channel it had was deleted.</summary>
    public void EndDeleted() => Socket.Close(CloseCode.GoingAway, "the channel was deleted");
}
