namespace RawHub;

/// <content>How a channel comes back from a store.</content>
public sealed partial class Channel
{
    /// <summary>Takes back a message that the store had, and its reference. One that it has already, as the store never gives, is dropped.</summary>
    internal void Restore(PublishedMessage message)
    {
        lock (Feed.Gate)
        {
            if (message.Offset <= Feed.History.Last)
            {
                message.Release();
                return;
            }
            if (message.Offset > Feed.History.Last + 1) RestoreBoundsNow(message.Offset - 1, 0, message.Sequence - 1);
            hub.Options.Store?.Keep(message.Mark);
            hub.Total.Add(message.Payload.Length);
            nextExpiryMs = Math.Min(nextExpiryMs, message.ExpiresMs);
            LastUse = message.Sequence;
            Feed.Append(message, message.Offset);
            Feed.Reveal(message.Offset);
            Trim();
        }
    }

    /// <summary>Goes on behind what it had given and let go.</summary>
    internal void RestoreBounds(long last, long lastEvicted, long lastLostSequence)
    {
        lock (Feed.Gate) RestoreBoundsNow(last, lastEvicted, lastLostSequence);
    }

    // Messages that it had given and that did not come back are told as lost, whatever the list says. They may have had a short life, so
    // what is older stays: their file may be gone while an older one is still here.
    void RestoreBoundsNow(long last, long lastEvicted, long lastLostSequence)
    {
        while (Feed.History.Span > 0 && Feed.History.FirstPosition <= lastEvicted) Evict();
        if (last > Feed.History.Last) (lastEvicted, lastLostSequence) = (last, Math.Max(lastLostSequence, hub.Timeline.Last));
        Feed.History.BeginAfter(last, lastEvicted);
        LastLostSequence = Math.Max(LastLostSequence, lastLostSequence);
        Feed.Reveal(Feed.History.Last);
    }

    /// <summary>Begins another life with all that it keeps.</summary>
    internal void Renew(Epoch epoch)
    {
        lock (Feed.Gate)
        {
            Feed.Epoch = epoch;
            for (int i = 0; i < Feed.History.Span; i++) Feed.History.At(i)?.Place(Name, new(epoch, Feed.History.PositionAt(i)));
        }
    }

    /// <summary>Writes what the store has to know of it, also when it ended since the list was begun: what it lost stands only here then.</summary>
    internal int WriteListEntry(Span<byte> into)
    {
        lock (Feed.Gate)
        {
            IsWritten = true;
            return HubRecord.WriteListEntry(this, into);
        }
    }
}
