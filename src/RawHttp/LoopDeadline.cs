using RawNet;

namespace RawHttp;

/// <summary>What a connection's loop waits for.</summary>
enum Waiting : byte
{
    /// <summary>For nothing: it is at work.</summary>
    Nothing,

    /// <summary>For the first byte of a request.</summary>
    Request,

    /// <summary>For the rest of a head.</summary>
    Head,

    /// <summary>For content.</summary>
    Body,

    /// <summary>For a held answer.</summary>
    Held,

    /// <summary>For the peer to end, after the last answer.</summary>
    Linger,
}

/// <summary>
/// What the loop waits for and until when. The loop begins and ends a wait; the heartbeat asks whether it is over time.
/// Both hold <see cref="Gate"/> while they do, so that a deadline set anew just now is never mistaken for the one before.
/// </summary>
/// <param name="deadline">The connection's deadline.</param>
sealed class LoopDeadline(Deadline deadline)
{
    long due;
    bool overtaken;

    /// <summary>What to lock: this object, which nobody else sees. A lock of its own would weigh on each connection that idles.</summary>
    internal object Gate => this;

    /// <summary>What the loop waits for. Under <see cref="Gate"/>.</summary>
    internal Waiting For { get; private set; }

    /// <summary>Begins a wait; false when the connection was ended from outside before.</summary>
    internal bool Begin(Waiting waiting, long until)
    {
        lock (Gate)
        {
            if (overtaken && waiting != Waiting.Linger) return false;
            For = waiting;
            Set(until);
            return true;
        }
    }

    /// <summary>Ends a wait; false when the connection was ended from outside meanwhile.</summary>
    internal bool End()
    {
        lock (Gate)
        {
            bool goesOn = !overtaken;
            if (goesOn) For = Waiting.Nothing; // the deadline may fire yet, and finds nothing over time
            return goesOn;
        }
    }

    /// <summary>What is over time now; Nothing when the deadline that fired is not the present one. Under <see cref="Gate"/>.</summary>
    internal Waiting OverTime(long now) => now >= due ? For : Waiting.Nothing;

    /// <summary>Ends the loop's wait from outside: it is left to linger. Under <see cref="Gate"/>.</summary>
    internal void Overtake(long lingerUntil)
    {
        overtaken = true;
        For = Waiting.Linger;
        Set(lingerUntil);
    }

    /// <summary>Moves the end of the present wait. Under <see cref="Gate"/>.</summary>
    internal void Set(long until)
    {
        due = until;
        deadline.SetDue(until);
    }
}
