using RawNet;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>What both kinds of subscribing WebSockets do with the hub's deliveries.</summary>
/// <param name="resume">Asks the hub to go on; called when a refused frame has room again.</param>
internal sealed class SocketDelivery(Action resume)
{
    /// <summary>The socket, once it is open.</summary>
    public WsConnection Socket { get; set; } = null!;

    /// <summary>Queues a frame; false when there is no room, and <c>resume</c> is called when there is again.</summary>
    public bool TryDeliver(SharedBytes frame)
    {
        while (!Socket.TryQueueFramed(frame))
            if (!Socket.IsOpen || Socket.NotifyWhenRoom(resume)) return false;
        return true;
    }

    /// <summary>What was not taken is no longer kept. The client comes back with its cursor and is told what it missed.</summary>
    public void EndTooSlow() => Socket.Close(CloseCode.TryAgainLater, "too slow: messages were lost");

    /// <summary>The only channel it had was deleted.</summary>
    public void EndDeleted() => Socket.Close(CloseCode.GoingAway, "the channel was deleted");
}
