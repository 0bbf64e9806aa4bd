namespace RawRealtime.Client;

/// <summary>One way to hear of messages: WebSocket, event stream or held poll. It holds no state between two calls; a cursor does.</summary>
internal interface ISubscribeTransport
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Opens a subscription and tells what comes, until it ends.</summary>
    /// <param name="cursor">Where to begin; null for only new messages.</param>
    /// <param name="listener">Who is told; while that waits nothing more is read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How it ended; what the network or the server did is told so, never thrown.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<TransportEnd> ListenAsync(string? cursor, ISubscriptionListener listener, CancellationToken cancellation);
}

/// <summary>Who is told what comes: one call after the other.</summary>
internal interface ISubscriptionListener
{
    /// <summary>How many messages are wanted still, at least 1.</summary>
    long Wanted { get; }

    /// <summary>Delivery begins here: the first call, and again where something is missing.</summary>
    void Began(PositionTold position);

    /// <summary>A message came.</summary>
    /// <returns>False when no more are wanted.</returns>
    ValueTask<bool> MessageAsync(MessageTold message);

    /// <summary>A part of the subscription is gone.</summary>
    void Failed(ErrorTold error);
}

/// <summary>What the end of a subscription means for who wants to go on.</summary>
internal enum TransportEndKind : byte
{
    /// <summary>We wanted no more.</summary>
    Enough,

    /// <summary>The server can't be reached, by whatever transport.</summary>
    Unreachable,

    /// <summary>The server, or whatever stands before it, opened no subscription: another transport may be let through.</summary>
    NotOpened,

    /// <summary>The server wants a token, or another one: no transport helps.</summary>
    Denied,

    /// <summary>The server ended it in order: come back.</summary>
    SentAway,

    /// <summary>It broke.</summary>
    Broken,
}

/// <summary>How a subscription ended.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="End">In words.</param>
/// <param name="ComeBackAfter">How long the server asks to wait before coming back; null when it does not.</param>
internal sealed record TransportEnd(TransportEndKind Kind, ClientEnd End, TimeSpan? ComeBackAfter = null)
{
    /// <summary>We wanted no more.</summary>
    public static TransportEnd Enough { get; } = new(TransportEndKind.Enough, new(ClientExit.Normal, "done", "As many messages came as were wanted."));

    /// <summary>A refusal that can't be helped for now, such as a server that stops: it may go on later.</summary>
    public bool IsPassing { get; init; }
}
