namespace RawHub;

/// <summary>What a pattern means, gathered from all its channels in the order of the hub's sequence, while somebody is subscribed to it.</summary>
/// <remarks>It keeps what its channels keep, and a message that its own subscribers were not offered yet a little longer. Any thread.</remarks>
internal sealed class Gathering
{
    readonly List<(long Sequence, bool IsLost)> leaving = [];
    List<PublishedMessage>? beginning = [];

    internal Gathering(Hub hub, ChannelPattern pattern) => Feed = new(hub, pattern, hub.Epoch, LetLeave);

    internal Feed Feed { get; }

    /// <summary>A message of one of its channels may be delivered. Under the timeline's lock, so that they come in order.</summary>
    internal void Append(PublishedMessage message)
    {
        message.AddRef();
        lock (Feed.Gate)
        {
            if (beginning is not null) beginning.Add(message);
            else Take(message);
        }
    }

    /// <summary>A channel keeps this message no longer.</summary>
    internal void LetGo(long sequence, bool isLost)
    {
        lock (Feed.Gate)
        {
            if (beginning is not null) return; // the message itself says that it is gone
            if (sequence > Feed.Offered) leaving.Add((sequence, isLost));
            else Feed.History.Remove(sequence, isLost)?.Release();
        }
    }

    // Under the feed's lock, after a dispatch.
    void LetLeave()
    {
        for (int i = leaving.Count - 1; i >= 0; i--)
        {
            if (leaving[i].Sequence > Feed.Offered) continue;
            Feed.History.Remove(leaving[i].Sequence, leaving[i].IsLost)?.Release();
            leaving.RemoveAt(i);
        }
    }

    /// <summary>Takes in what its channels kept when it began; what was published since then stands behind it.</summary>
    /// <param name="kept">The messages, each with a reference that is taken over.</param>
    /// <param name="lastLost">The highest sequence of one that was kept no longer.</param>
    internal void Begin(List<PublishedMessage> kept, long lastLost)
    {
        kept.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        lock (Feed.Gate)
        {
            Feed.History.BeginAfter(0, lastLost);
            foreach (PublishedMessage message in kept) Take(message);
            foreach (PublishedMessage message in beginning!) Take(message);
            beginning = null;
        }
    }

    void Take(PublishedMessage message)
    {
        if (message.IsGone) Feed.History.BeginAfter(0, message.Sequence);
        if (message.IsGone || Feed.IsEnded)
        {
            message.Release();
            return;
        }
        Feed.Append(message, message.Sequence);
        Feed.Reveal(message.Sequence);
    }

    /// <summary>Ends when nobody is subscribed: it can be made anew from its channels at any time.</summary>
    internal bool TryEnd()
    {
        lock (Feed.Gate)
        {
            Feed.DropJoined();
            if (!Feed.IsIdle) return false;
            Feed.End();
            while (Feed.History.Count > 0) Feed.History.EvictOldest().Release();
            return true;
        }
    }
}
