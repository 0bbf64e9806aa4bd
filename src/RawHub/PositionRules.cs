namespace RawHub;

/// <summary>From where a subscriber asks a channel to deliver.</summary>
internal readonly record struct StartRequest(StartKind Kind, MessageId After)
{
    internal static StartRequest New => new(StartKind.New, default);
    internal static StartRequest Earliest => new(StartKind.Earliest, default);
    internal static StartRequest Unreadable => new(StartKind.Unreadable, default);
    internal static StartRequest Of(MessageId after) => new(StartKind.After, after);
}

/// <summary>The four things a cursor can mean for one channel.</summary>
internal enum StartKind : byte
{
    /// <summary>No cursor: only what comes from now on.</summary>
    New,

    /// <summary>All that is kept.</summary>
    Earliest,

    /// <summary>What comes after a position.</summary>
    After,

    /// <summary>A text that is no cursor for these channels.</summary>
    Unreadable,
}

/// <summary>Where delivery starts in one channel, and what is missing before it.</summary>
internal readonly record struct Start(long Next, LossReason Lost);

/// <summary>The contract's rules on positions. Whatever is lost, delivery goes on with the oldest message still kept.</summary>
internal static class PositionRules
{
    /// <summary>Judges a request against what is kept.</summary>
    /// <param name="asked">What the subscriber asked for.</param>
    /// <param name="epoch">The present life of the channel; of the hub for a pattern.</param>
    /// <param name="lastEvicted">The highest position that is no longer kept.</param>
    /// <param name="last">The position given last.</param>
    /// <param name="hasHoles">For a pattern, older messages of one channel may outlive newer ones of another: what is left behind the cursor is delivered also then.</param>
    internal static Start Judge(StartRequest asked, Epoch epoch, long lastEvicted, long last, bool hasHoles)
    {
        long first = hasHoles ? 1 : lastEvicted + 1;
        return asked.Kind switch
        {
            StartKind.New => new(last + 1, LossReason.None),
            StartKind.Earliest => new(first, LossReason.None),
            StartKind.Unreadable => new(first, LossReason.Unknown),
            _ when asked.After.Epoch != epoch => new(first, LossReason.EpochChanged),
            _ when asked.After.Offset > last => new(first, LossReason.Unknown),
            _ when asked.After.Offset < lastEvicted => new(hasHoles ? asked.After.Offset + 1 : first, LossReason.Evicted),
            _ => new(asked.After.Offset + 1, LossReason.None),
        };
    }

    /// <summary>Reads a cursor for as many channels as <paramref name="requests"/> has places.</summary>
    /// <param name="cursor">Absent (null), <see cref="Cursor.Earliest"/>, or a cursor's text.</param>
    /// <param name="requests">Gets one request per channel.</param>
    internal static void Read(string? cursor, Span<StartRequest> requests)
    {
        Span<MessageId> positions = stackalloc MessageId[requests.Length];
        if (cursor is null) requests.Fill(StartRequest.New);
        else if (cursor == Cursor.Earliest) requests.Fill(StartRequest.Earliest);
        else if (!Cursor.TryParse(cursor, positions)) requests.Fill(StartRequest.Unreadable);
        else
        {
            for (int i = 0; i < requests.Length; i++) requests[i] = StartRequest.Of(positions[i]);
        }
    }
}
