namespace RawNet;

/// <summary>
/// One coarse tick over the deadlines of all connections: no timer, task or thread per connection.
/// A tick compares one row of numbers with the time, so ten ticks a second over 50,000 idle connections cost next to nothing.
/// </summary>
public sealed class Heartbeat : IDisposable
{
    /// <summary>Milliseconds between two ticks: how late a deadline may be noticed.</summary>
    public const int TickMilliseconds = 100;

    static readonly Lazy<Heartbeat> OfTheProcess = new(() => new Heartbeat(TimeProvider.System));

    readonly TimeProvider time;
    readonly long startedAt;
    readonly ITimer timer;
    readonly Lock gate = new();
    readonly Stack<(Row Row, int Index)> unused = new();
    Row[] rows = [];
    long now;
    int ticking;

    /// <summary>Starts ticking on <paramref name="time"/>.</summary>
    public Heartbeat(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        startedAt = time.GetTimestamp();
        TimeSpan tick = TimeSpan.FromMilliseconds(TickMilliseconds);
        timer = time.CreateTimer(static me => ((Heartbeat)me!).Tick(), this, tick, tick);
    }

    /// <summary>One for all that are given none; it begins to tick when it is first asked for. Not to be disposed.</summary>
    public static Heartbeat Shared => OfTheProcess.Value;

    /// <summary>The clock behind the ticks.</summary>
    public TimeProvider Time => time;

    /// <summary>Milliseconds since the start as of the last tick: monotonic, and free to read.</summary>
    public long NowMilliseconds => Volatile.Read(ref now);

    /// <summary>Watches the threads on which handlers run; null for nobody, which is the default. Set it before the first connection.</summary>
    public ThreadWatch? Watch { get; set; }

    /// <summary>A handler begins; dispose what is returned when it waits or has returned. Next to nothing while nobody watches.</summary>
    /// <param name="handler">Its <see cref="object.ToString"/> names it, asked for only when it is told.</param>
    public ThreadWatch.Turn Watching(object handler) => Watch is { } watch ? watch.Begin(handler, NowMilliseconds) : default;

    /// <summary>Gives <paramref name="owner"/> a deadline, not set yet.</summary>
    public Deadline Register(IDeadlineOwner? owner)
    {
        lock (gate)
        {
            if (unused.Count == 0) AddRow();
            (Row row, int index) = unused.Pop();
            Deadline deadline = new(this, row, index) { Owner = owner };
            row.Deadlines[index] = deadline;
            return deadline;
        }
    }

    /// <summary>Stops ticking.</summary>
    public void Dispose() => timer.Dispose();

    /// <summary>Places for deadlines, in use or not.</summary>
    internal int Places => Volatile.Read(ref rows).Length * Row.Length;

    internal void Unregister(Row row, int index)
    {
        lock (gate)
        {
            row.Deadlines[index] = null;
            unused.Push((row, index));
        }
    }

    void AddRow()
    {
        Row row = new();
        Volatile.Write(ref rows, [.. rows, row]);
        for (int i = Row.Length - 1; i >= 0; i--) unused.Push((row, i));
    }

    void Tick()
    {
        if (Interlocked.Exchange(ref ticking, 1) == 1) return; // the last tick is still at work: its successor will catch up
        long reached = (long)time.GetElapsedTime(startedAt).TotalMilliseconds;
        Volatile.Write(ref now, reached);
        Watch?.Look(reached);
        foreach (Row row in Volatile.Read(ref rows)) row.CallDue(reached);
        Volatile.Write(ref ticking, 0);
    }

    /// <summary>A fixed block of deadlines. Blocks are never moved, so a tick reads them without a lock.</summary>
    internal sealed class Row
    {
        public const int Length = 256;
        public readonly Lock Gate = new();
        public readonly long[] Due = new long[Length];
        public readonly Deadline?[] Deadlines = new Deadline?[Length];

        public Row() => Array.Fill(Due, Deadline.Never);

        public void CallDue(long now)
        {
            for (int i = 0; i < Due.Length; i++)
            {
                if (Volatile.Read(ref Due[i]) <= now) TakeDue(i, now)?.Owner?.OnDue(now);
            }
        }

        // Moment and deadline are read together: the place may change hands between two looks.
        Deadline? TakeDue(int index, long now)
        {
            lock (Gate)
            {
                if (Due[index] > now) return null;
                Due[index] = Deadline.Never;
                return Deadlines[index];
            }
        }
    }
}
