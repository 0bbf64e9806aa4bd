namespace RawHub;

/// <summary>What a subscriber has to be told before it gets more.</summary>
/// <param name="Reason">Why messages are missing here; None when none are.</param>
/// <param name="Ends">It is too slow and is to be ended, instead of going on.</param>
internal readonly record struct SeatLoss(LossReason Reason, bool Ends);

/// <summary>What a read gave.</summary>
/// <param name="Count">How many messages.</param>
/// <param name="Loss">What the subscriber has to be told before the first of them.</param>
/// <param name="NowMs">When it was: what had expired then was left out.</param>
/// <param name="LastEvicted">What was no longer kept then.</param>
internal readonly record struct SeatRead(int Count, SeatLoss Loss, long NowMs, long LastEvicted);

/// <summary>How a seat reads on: what is missing, what is skipped for slowness, what is wanted. All of it under the feed's lock.</summary>
internal static class SeatReading
{
    // How far one read looks for messages that are wanted, so that a picky subscriber does not hold the lock for long.
    const int MaxLooks = 512;

    /// <summary>Judges how far the seat is behind, and moves it past what it loses.</summary>
    internal static SeatLoss Judge(Seat seat, Feed feed, in SlowPolicy policy, EventFilter? filter, HubCounters counters)
    {
        bool wasEvicted = WasEvicted(seat, feed);
        bool isSlow = seat.WasRefused && seat.IsLive;
        seat.WasRefused = false;
        bool ends = policy.Kind == SlowKind.Disconnect
            && (wasEvicted || isSlow && policy.IsTooMuch(MessagesBehind(seat, feed), BytesBehind(seat, feed)));
        if (ends) counters.CountDisconnected();
        if (wasEvicted) counters.CountDropped(PassEvicted(seat, feed));
        bool skips = isSlow && !ends && policy.Kind != SlowKind.Disconnect && Skip(seat, feed, policy, filter, counters);
        return wasEvicted || ends || skips ? new(LossReason.Dropped, ends) : default;
    }

    internal static bool WasEvicted(Seat seat, Feed feed) => feed.History.LastEvicted > Math.Max(seat.Next - 1, seat.LossKnownTo);

    internal static long MessagesBehind(Seat seat, Feed feed) => feed.History.IndexFrom(feed.Visible + 1) - feed.History.IndexFrom(seat.Next);

    internal static long BytesBehind(Seat seat, Feed feed)
    {
        long bytes = 0;
        int end = feed.History.IndexFrom(feed.Visible + 1);
        for (int i = feed.History.IndexFrom(seat.Next); i < end; i++) bytes += feed.History.At(i)?.Payload.Length ?? 0;
        return bytes;
    }

    // Where older messages are still kept only the loss is noted, and they are delivered.
    static long PassEvicted(Seat seat, Feed feed)
    {
        seat.LossKnownTo = feed.History.LastEvicted;
        if (feed.HasHoles) return 1;
        long before = seat.Next;
        seat.Next = feed.History.LastEvicted + 1;
        return seat.Next - before;
    }

    static bool Skip(Seat seat, Feed feed, in SlowPolicy policy, EventFilter? filter, HubCounters counters)
    {
        History history = feed.History;
        int from = history.IndexFrom(seat.Next), end = history.IndexFrom(feed.Visible + 1);
        int keep = policy.Kind == SlowKind.LatestOnly ? Newest(history, from, end, filter) : Oldest(history, from, end, policy);
        if (keep <= from) return false;
        seat.Next = history.PositionAt(keep);
        counters.CountDropped(keep - from);
        return true;
    }

    // The newest that is wanted; what comes behind it is passed over as ever.
    static int Newest(History history, int from, int end, EventFilter? filter)
    {
        int keep = end - 1;
        while (keep > from && (history.At(keep) is not { } message || filter?.Wants(message.Event) == false)) keep--;
        return keep;
    }

    // The newest is delivered however large it is.
    static int Oldest(History history, int from, int end, in SlowPolicy policy)
    {
        int keep = end;
        for (long bytes = 0; keep > from; keep--)
        {
            bytes += history.At(keep - 1)?.Payload.Length ?? 0;
            if (keep < end && policy.IsTooMuch(end - keep + 1, bytes)) break;
        }
        return keep;
    }

    /// <summary>Copies references of wanted messages, and notes in the seat how far it looked and whether there is more.</summary>
    internal static int Copy(Seat seat, Feed feed, Span<PublishedMessage?> into, EventFilter? filter, long nowMs)
    {
        History history = feed.History;
        int from = history.IndexFrom(seat.Next), end = history.IndexFrom(feed.Readable + 1), count = 0;
        int i = from;
        seat.ReadTo = seat.Next - 1;
        for (; i < end && count < into.Length && i - from < MaxLooks; i++)
        {
            seat.ReadTo = history.PositionAt(i);
            if (history.At(i) is not { } message || message.ExpiresMs <= nowMs || filter?.Wants(message.Event) == false) continue;
            message.AddRef();
            into[count++] = message;
        }
        seat.HasNews = i < end;
        return count;
    }
}
