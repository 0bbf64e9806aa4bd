namespace RawNet;

/// <summary>Whoever wants to be told that its time has come.</summary>
public interface IDeadlineOwner
{
    /// <summary>The deadline has passed and is no longer set. Called on the heartbeat's thread: be short, never wait.</summary>
    /// <param name="nowMilliseconds">The heartbeat's time.</param>
    void OnDue(long nowMilliseconds);
}

/// <summary>
/// One moment that a connection does not want to miss. Setting it costs next to nothing; any thread may.
/// Dispose it when the connection ends.
/// </summary>
public sealed class Deadline : IDisposable
{
    internal const long Never = long.MaxValue;

    readonly Heartbeat heartbeat;
    readonly Heartbeat.Row row;
    readonly int index;
    volatile IDeadlineOwner? owner;
    bool disposed;

    internal Deadline(Heartbeat heartbeat, Heartbeat.Row row, int index) => (this.heartbeat, this.row, this.index) = (heartbeat, row, index);

    /// <summary>Who is told. It changes when a connection is handed from one protocol to another.</summary>
    public IDeadlineOwner? Owner { get => owner; set => owner = value; }

    /// <summary>Sets it to a moment of <see cref="Heartbeat.NowMilliseconds"/>'s clock. It is noticed up to one tick later.</summary>
    public void SetDue(long milliseconds)
    {
        // Under the row's lock, since the place may be another's the moment after it was given back.
        lock (row.Gate)
            if (!disposed) Volatile.Write(ref row.Due[index], milliseconds);
    }

    /// <summary>Sets it to <paramref name="milliseconds"/> from the last tick, which may be one tick less from now.</summary>
    public void SetDueIn(long milliseconds) => SetDue(heartbeat.NowMilliseconds + milliseconds);

    /// <summary>Unsets it. A tick that has just noticed it may still call the owner.</summary>
    public void Clear() => SetDue(Never);

    /// <summary>Gives the place back; later calls do nothing.</summary>
    public void Dispose()
    {
        lock (row.Gate)
        {
            if (disposed) return;
            disposed = true;
            Volatile.Write(ref row.Due[index], Never);
        }
        owner = null;
        heartbeat.Unregister(row, index);
    }
}
