namespace RawNet;

/// <summary>
/// Names what holds up a thread that sockets share: the synchronous part of a handler, while it is still at it. A tick of the heartbeat
/// looks, so the thread that is held need not come back for it to be told. <see cref="Heartbeat.Watch"/> turns it on.
/// </summary>
/// <param name="limitMilliseconds">How long a handler may take before it waits or returns.</param>
/// <param name="tell">Told what, and for how many milliseconds by now; once for each time. On the heartbeat's thread.</param>
public sealed class ThreadWatch(int limitMilliseconds, Action<string, long> tell)
{
    readonly Lock gate = new();
    readonly List<Held> held = [];

    /// <summary>A handler begins.</summary>
    internal Turn Begin(object handler, long nowMilliseconds)
    {
        lock (gate)
        {
            int free = held.FindIndex(static each => each.Handler is null);
            if (free < 0)
            {
                free = held.Count;
                held.Add(default);
            }
            held[free] = new(handler, nowMilliseconds, IsTold: false);
            return new(this, free);
        }
    }

    /// <summary>Tells of those that are over the limit.</summary>
    internal void Look(long nowMilliseconds)
    {
        List<(string Handler, long Milliseconds)> over = [];
        lock (gate)
        {
            for (int i = 0; i < held.Count; i++)
            {
                (object? handler, long since, bool isTold) = held[i];
                if (handler is null || isTold || nowMilliseconds - since < limitMilliseconds) continue;
                held[i] = new(handler, since, IsTold: true);
                over.Add(($"{handler}", nowMilliseconds - since));
            }
        }
        foreach ((string handler, long milliseconds) in over) tell(handler, milliseconds);
    }

    /// <summary>A handler at work, until it is disposed: when it waits, or has returned, the thread is free.</summary>
    public readonly struct Turn : IDisposable
    {
        readonly ThreadWatch? watch;
        readonly int place;

        internal Turn(ThreadWatch watch, int place) => (this.watch, this.place) = (watch, place);

        /// <summary>The thread is free.</summary>
        public void Dispose()
        {
            if (watch is null) return;
            lock (watch.gate) watch.held[place] = default;
        }
    }

    readonly record struct Held(object? Handler, long Since, bool IsTold);
}
