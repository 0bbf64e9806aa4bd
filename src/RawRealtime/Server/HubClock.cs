using RawHub;
using RawNet;

namespace RawRealtime.Server;

/// <summary>Tells the hub, which reads no clock, the time at each heartbeat.</summary>
internal sealed class HubClock : IDeadlineOwner, IDisposable
{
    readonly Hub hub;
    readonly Deadline next;

    public HubClock(Hub hub, Heartbeat heartbeat)
    {
        this.hub = hub;
        next = heartbeat.Register(this);
        next.SetDue(0);
    }

    void IDeadlineOwner.OnDue(long nowMilliseconds)
    {
        hub.Tick(nowMilliseconds);
        next.SetDue(nowMilliseconds + Heartbeat.TickMilliseconds);
    }

    public void Dispose() => next.Dispose();
}
