namespace RawHub;

/// <summary>One subscriber's interest in one or several channels.</summary>
/// <remarks>
/// It pulls: each channel has a seat with the offset wanted next, and replay and live delivery are the same loop, so
/// nothing comes twice, late or out of order. One lock, held during the subscriber's callbacks: when
/// <see cref="Dispose"/> or <see cref="Remove"/> returns, no delivery it forbids is running or will come. Any thread,
/// but never with a lock held that the subscriber's callbacks take.
/// </remarks>
public sealed partial class Subscription : IHubWork, IDisposable
{
    readonly Hub hub;
    readonly ISubscriber subscriber;
    readonly EventFilter? filter;
    // It locks itself, which nobody else does: a lock of its own would weigh on each subscriber that idles.
    Seat[] seats = [];
    int turn;
    bool isStalled;
    bool isRunning;
    bool isEnded;
    bool owesEndOfBatch;
    bool owesStart;

    internal Subscription(Hub hub, ISubscriber subscriber, SubscriberInfo info, EventFilter? filter) =>
        (this.hub, this.subscriber, Info, this.filter) = (hub, subscriber, info, filter);

    /// <summary>Who the subscriber is.</summary>
    public SubscriberInfo Info { get; }

    /// <summary>Whether its cursor is the id of the message being delivered, the same for all such subscriptions: one channel, by its name.</summary>
    public bool HasSharedCursor
    {
        // Asked with each message: the seats are replaced as a whole, so that one look needs no lock.
        get => Volatile.Read(ref seats) is [{ Feed.Name.IsWildcard: false }];
    }

    /// <summary>Where delivery starts, and what is missing before it. To be told to the client before <see cref="Start"/>.</summary>
    public Position Position { get; private set; } = null!;

    /// <summary>The client was told where delivery starts: <see cref="Position"/> is not asked for any more, and let go.</summary>
    public void ForgetPosition() => Position = null!;

    /// <summary>How many channels its cursor has a place for.</summary>
    public int ChannelCount => Volatile.Read(ref seats).Length; // as above

    /// <summary>False when every channel it has was deleted, or given up: nothing comes until one is added.</summary>
    public bool HasLiveChannels
    {
        get { lock (this) return Array.Exists(seats, static seat => !seat.IsDeleted); }
    }

    /// <summary>"Everything up to here has been delivered." Good also after <see cref="Dispose"/>.</summary>
    public string Cursor
    {
        get
        {
            Span<byte> bytes = stackalloc byte[RawHub.Cursor.MaxLength(RawHub.Cursor.MaxPositions)];
            return System.Text.Encoding.ASCII.GetString(bytes[..FormatCursor(bytes)]);
        }
    }

    /// <summary>Writes the cursor as bytes and returns how many.</summary>
    /// <param name="into">At least <see cref="RawHub.Cursor.MaxLength"/> of <see cref="ChannelCount"/> bytes.</param>
    public int FormatCursor(Span<byte> into)
    {
        lock (this)
        {
            Span<MessageId> positions = stackalloc MessageId[seats.Length];
            for (int i = 0; i < seats.Length; i++) positions[i] = seats[i].Position;
            return RawHub.Cursor.Format(positions, into);
        }
    }

    /// <summary>Begins delivery, also for channels added since.</summary>
    public void Start()
    {
        lock (this)
        {
            Open();
            Run();
        }
    }

    /// <summary>As <see cref="Start"/>, but from the hub's scheduler: for who must not be held up by the encoding of many or large messages.</summary>
    public void StartSoon()
    {
        lock (this) owesStart = true;
        hub.Scheduler.Schedule(this);
    }

    /// <summary>There is room again: goes on with the message that was refused. Harmless when nothing was.</summary>
    public void Resume()
    {
        lock (this)
        {
            isStalled = false;
            Run();
        }
    }

    /// <summary>As <see cref="Resume"/>, but from the hub's scheduler, without a lock held.</summary>
    public void ResumeSoon() => hub.Scheduler.Schedule(this);

    /// <summary>What was to be done soon.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (this)
        {
            if (owesStart) Open();
            (owesStart, isStalled) = (false, false);
            Run();
        }
    }

    void Open()
    {
        if (isEnded) return; // who left before is not there
        foreach (Seat seat in seats)
        {
            if (seat.IsOpen) continue;
            seat.IsOpen = seat.HasNews = true;
            if (!seat.IsDeleted) TellPresence(seat, isThere: true);
        }
    }

    /// <summary>Subscribes to one channel more. Its delivery begins with the next <see cref="Start"/>.</summary>
    /// <param name="name">The channel or pattern. A channel that was deleted takes its old place in the cursor again.</param>
    /// <param name="cursor">For this channel alone: null for only new messages, <see cref="RawHub.Cursor.Earliest"/>, or a cursor.</param>
    /// <param name="position">Where delivery of this channel starts, when the answer is Added; else null.</param>
    public AddOutcome Add(ChannelPattern name, string? cursor, out Position? position)
    {
        lock (this)
        {
            position = null;
            if (isEnded) return AddOutcome.Ended;
            int place = IndexOf(name);
            if (place >= 0 && !seats[place].IsDeleted) return AddOutcome.AlreadySubscribed;
            if (place < 0 && seats.Length == RawHub.Cursor.MaxPositions) return AddOutcome.TooMany;
            StartRequest asked = default;
            PositionRules.Read(cursor, new(ref asked));
            if (hub.Attach(this, name, asked, out LossReason lost) is not { } seat) return AddOutcome.HubFull;
            if (place >= 0) seats[place].IsRemoved = true;
            seats = place >= 0 ? [.. seats[..place], seat, .. seats[(place + 1)..]] : [.. seats, seat];
            LostChannel[] missing = lost == LossReason.None ? [] : [new(name, lost)];
            position = new(RawHub.Cursor.ToText([seat.Position]), 1, missing);
            return AddOutcome.Added;
        }
    }

    /// <summary>Gives one channel up, and its place in the cursor. False when it is not subscribed to.</summary>
    public bool Remove(ChannelPattern name)
    {
        lock (this)
        {
            int place = IndexOf(name);
            if (place < 0 || isEnded) return false;
            seats[place].IsRemoved = true;
            Leave(seats[place]);
            seats = [.. seats[..place], .. seats[(place + 1)..]];
            return true;
        }
    }

    /// <summary>Ends the subscription. Called inside a callback, that callback is the last.</summary>
    public void Dispose()
    {
        lock (this) End();
    }

    void End()
    {
        if (isEnded) return;
        isEnded = true;
        foreach (Seat seat in seats) Leave(seat);
    }

    void Leave(Seat seat)
    {
        seat.Feed.Detach(seat);
        if (seat is { IsOpen: true, IsDeleted: false }) TellPresence(seat, isThere: false);
    }

    void TellPresence(Seat seat, bool isThere)
    {
        if (!seat.Feed.Name.IsWildcard) hub.Options.OnPresence?.Invoke(seat.Feed.Name.Name, Info, isThere);
    }

    /// <summary>Takes the seats and the answer a new subscription begins with. False when the hub is full.</summary>
    internal bool TryTakeSeats(ReadOnlySpan<ChannelPattern> names, string? cursor)
    {
        lock (this)
        {
            Span<StartRequest> asked = stackalloc StartRequest[names.Length];
            PositionRules.Read(cursor, asked);
            Span<MessageId> from = stackalloc MessageId[names.Length];
            LostChannel[] missing = [];
            Seat[] taken = new Seat[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                if (hub.Attach(this, names[i], asked[i], out LossReason lost) is not { } seat)
                {
                    seats = taken[..i];
                    End();
                    return false;
                }
                if (lost != LossReason.None) missing = [.. missing, new(names[i], lost)];
                (taken[i], from[i]) = (seat, seat.Position);
            }
            seats = taken;
            Position = new(RawHub.Cursor.ToText(from, cursor), names.Length, missing);
            return true;
        }
    }

    /// <summary>The seat's channel has new messages.</summary>
    internal void OnNews(Seat seat)
    {
        lock (this)
        {
            seat.HasNews = true;
            if (isStalled && !isEnded && seat.Feed.IsTooSlow(seat)) isStalled = false; // the read that follows ends it
            Run();
        }
    }

    /// <summary>The seat's channel was deleted.</summary>
    internal void OnDeleted(Seat seat)
    {
        lock (this)
        {
            seat.IsDeleted = seat.OwesDeletion = true;
            Run();
        }
    }

    int IndexOf(ChannelPattern name) => Array.FindIndex(seats, seat => seat.Feed.Name == name);
}
