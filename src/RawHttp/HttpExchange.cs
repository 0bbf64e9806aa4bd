namespace RawHttp;

/// <summary>
/// One request and its answer. Reused by its connection: valid from the handler's call until the answer is complete.
/// The loop's thread uses it until it is held; from then on <see cref="HeldTicket.TryTake"/> says who may answer.
/// </summary>
public sealed class HttpExchange
{
    /// <summary>Where an exchange is; <see cref="state"/> holds it with the exchange's number, so that a late ticket fits no other exchange.</summary>
    enum Phase { Handling, Held, Taken, Answered, Gone }

    readonly HttpConnection connection;
    IHeldExchange? holder;
    long state;
    int drainTold;

    internal HttpExchange(HttpConnection connection)
    {
        this.connection = connection;
        Request = new HttpRequest(connection);
        Response = new HttpResponse(connection, this);
    }

    /// <summary>The request.</summary>
    public HttpRequest Request { get; }

    /// <summary>Its answer.</summary>
    public HttpResponse Response { get; }

    /// <summary>The right to answer this exchange once it is held. Take it before <see cref="Hold"/>, which may call the holder before it returns.</summary>
    public HeldTicket Ticket => new(this, Volatile.Read(ref state) >> 3);

    /// <summary>
    /// The answer is finished later, from any thread. While it is held no task, timer or thread is spent on it, the peer's leaving is
    /// noticed at once, and further requests of the same connection wait.
    /// </summary>
    /// <param name="by">Who is told what happens meanwhile, perhaps before this call returns.</param>
    /// <param name="dueMilliseconds">When to call <see cref="IHeldExchange.OnDue"/>, in the heartbeat's time; <see cref="long.MaxValue"/> for never.</param>
    /// <exception cref="InvalidOperationException">The answer is complete, or it is held already.</exception>
    public void Hold(IHeldExchange by, long dueMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(by);
        long number = Volatile.Read(ref state) >> 3;
        holder = by;
        connection.SetHeldDue(dueMilliseconds);
        if (!TryMove(number, Phase.Handling, Phase.Held)) throw new InvalidOperationException("Only an exchange without an answer can be held, and once.");
    }

    internal bool IsHandling => PhaseNow == Phase.Handling;

    internal bool IsHeld => PhaseNow is Phase.Held or Phase.Taken;

    internal bool IsAnswered => PhaseNow == Phase.Answered;

    internal bool IsGone => PhaseNow == Phase.Gone;

    Phase PhaseNow => (Phase)(Volatile.Read(ref state) & 7);

    /// <summary>The next request, or the refusal of one. Loop only.</summary>
    internal void Begin(bool refuses)
    {
        holder = null;
        drainTold = 0;
        Request.Begin();
        Response.Begin(refuses);
        Volatile.Write(ref state, ((state >> 3) + 1) << 3);
    }

    /// <summary>The first of all who would answer a held exchange.</summary>
    internal bool TryTake(long number) => TryMove(number, Phase.Held, Phase.Taken);

    internal bool IsNumber(long number) => Volatile.Read(ref state) >> 3 == number;

    /// <summary>Whether an answer may begin: the exchange is being handled, or was taken, or is held and this is the first to take it.</summary>
    internal bool MayAnswer()
    {
        long now = Volatile.Read(ref state);
        return (Phase)(now & 7) is Phase.Handling or Phase.Taken || TryTake(now >> 3);
    }

    /// <summary>The answer is complete. Any thread.</summary>
    internal void Complete()
    {
        long number = Volatile.Read(ref state) >> 3;
        if (TryMove(number, Phase.Handling, Phase.Answered)) return;
        if (TryMove(number, Phase.Taken, Phase.Answered) || TryMove(number, Phase.Held, Phase.Answered)) connection.HeldAnswered();
    }

    /// <summary>The peer left. Loop only.</summary>
    internal void LosePeer()
    {
        long number = state >> 3;
        bool wasHeld = TryMove(number, Phase.Held, Phase.Gone);
        Response.Stream?.Abandon();
        if (wasHeld) holder?.OnPeerGone();
    }

    /// <summary>The server is going away. Any thread.</summary>
    internal void TellDraining()
    {
        if (PhaseNow == Phase.Held && Interlocked.Exchange(ref drainTold, 1) == 0) holder?.OnDraining();
    }

    /// <summary>The moment has come. The heartbeat's thread.</summary>
    internal void TellDue(long nowMilliseconds)
    {
        if (PhaseNow == Phase.Held) holder?.OnDue(nowMilliseconds);
    }

    internal void SetDue(long dueMilliseconds) => connection.SetHeldDue(dueMilliseconds);

    /// <summary>The connection is over, or another protocol's: gives back what is kept.</summary>
    internal void Release()
    {
        Request.ReleaseContent();
        Request.Head.Fields.Release();
        Response.TakeUnsent()?.Release();
        Response.Release();
    }

    internal void GiveUpPeer() => connection.GiveUpPeer();

    internal void LeaveIncomplete() => connection.LeaveIncomplete();

    /// <summary>The moment that the Date field of an answer given now would tell, in seconds since 1970.</summary>
    internal long NowSeconds => connection.Service.Dates.NowSeconds;

    bool TryMove(long number, Phase from, Phase to) =>
        Interlocked.CompareExchange(ref state, (number << 3) | (long)to, (number << 3) | (long)from) == ((number << 3) | (long)from);
}

/// <summary>The right to answer a held exchange. It fits that exchange only, and one taker: who comes late, or second, gets nothing and harms nothing.</summary>
public readonly struct HeldTicket
{
    readonly HttpExchange exchange;
    readonly long number;

    internal HeldTicket(HttpExchange exchange, long number) => (this.exchange, this.number) = (exchange, number);

    /// <summary>Takes the right to answer. Any thread.</summary>
    /// <param name="response">The answer to give, at once; null when another was first or the peer has left.</param>
    /// <returns>True for one caller at most.</returns>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HttpResponse? response)
    {
        response = exchange is not null && exchange.TryTake(number) ? exchange.Response : null;
        return response is not null;
    }

    /// <summary>Sets when <see cref="IHeldExchange.OnDue"/> is called next; nothing happens when the exchange is over. Any thread.</summary>
    /// <param name="dueMilliseconds">A moment in the heartbeat's time.</param>
    public void SetDue(long dueMilliseconds)
    {
        if (exchange is not null && exchange.IsNumber(number)) exchange.SetDue(dueMilliseconds);
    }
}
