using RawNet;

namespace RawHttp.Client;

/// <summary>What a client's exchange waits for.</summary>
enum ClientWait : byte
{
    /// <summary>For nothing: the caller is at work.</summary>
    Nothing,

    /// <summary>For 100, before the content is sent.</summary>
    Continue,

    /// <summary>For the request to be sent; the send queue has a deadline of its own.</summary>
    Sending,

    /// <summary>For the head of the answer.</summary>
    Head,

    /// <summary>For more content.</summary>
    Content,

    /// <summary>For the end of it all.</summary>
    Whole,
}

/// <summary>
/// What an exchange waits for and until when, and when the whole of it must be over. The sender, the reader and the heartbeat meet here;
/// each change is under one lock, so that a deadline set anew just now is never mistaken for the one before. Any thread.
/// </summary>
/// <param name="deadline">The connection's deadline.</param>
sealed class ExchangeDeadline(Deadline deadline)
{
    const long Never = long.MaxValue;

    readonly Lock gate = new();
    ClientWait waits;
    long due = Never, wholeDue = Never;

    /// <summary>Begins an exchange.</summary>
    internal void Begin(long wholeUntil)
    {
        lock (gate)
        {
            wholeDue = wholeUntil;
            Set(ClientWait.Sending, Never);
        }
    }

    /// <summary>Begins to wait for something.</summary>
    internal void Wait(ClientWait wait, long until)
    {
        lock (gate) Set(wait, until);
    }

    /// <summary>Goes on to wait for something else, unless the exchange has gone on meanwhile.</summary>
    internal void Change(ClientWait from, ClientWait to, long until)
    {
        lock (gate)
            if (waits == from) Set(to, until);
    }

    /// <summary>Ends a wait; the whole is still waited for.</summary>
    internal void Rest() => Wait(ClientWait.Nothing, Never);

    /// <summary>Ends the exchange.</summary>
    internal void End() => Begin(Never);

    /// <summary>What is over time now, which is then waited for no longer; Nothing when the deadline that fired is not the present one.</summary>
    internal ClientWait TakeOverTime(long now)
    {
        lock (gate)
        {
            ClientWait late = now >= wholeDue ? ClientWait.Whole : now >= due ? waits : ClientWait.Nothing;
            if (late == ClientWait.Whole) wholeDue = Never;
            if (late == ClientWait.Nothing) Set(waits, due); // what fired is unset, and what is waited for is still to come
            else Set(late == ClientWait.Continue ? ClientWait.Sending : ClientWait.Nothing, Never);
            return late;
        }
    }

    void Set(ClientWait wait, long until)
    {
        (waits, due) = (wait, until);
        deadline.SetDue(Math.Min(due, wholeDue));
    }
}
