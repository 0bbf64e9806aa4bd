namespace Testing;

/// <summary>A clock that moves only when told: timers fire inside <see cref="Advance"/>, on the caller's thread.</summary>
public sealed class ManualTime : TimeProvider
{
    readonly Lock gate = new();
    readonly List<ManualTimer> timers = [];
    DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <inheritdoc/>
    public override long GetTimestamp() => now.UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate) timers.Add(timer);
        return timer;
    }

    /// <summary>Timers that exist now, set or not.</summary>
    public int Timers
    {
        get { lock (gate) return timers.Count; }
    }

    /// <summary>Moves the clock by <paramref name="milliseconds"/>, firing each timer at its own moment on the way.</summary>
    public void Advance(int milliseconds)
    {
        DateTimeOffset end = now.AddMilliseconds(milliseconds);
        while (NextDue(end) is { } timer)
        {
            now = timer.Due > now ? timer.Due : now;
            timer.Fire();
        }
        now = end;
    }

    ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (gate) return timers.Where(t => t.Due <= end).MinBy(t => t.Due);
    }

    sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        TimeSpan period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Fire()
        {
            Due = period > TimeSpan.Zero ? Due + period : DateTimeOffset.MaxValue;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.now + dueTime;
            period = every == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : every;
            return true;
        }

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
