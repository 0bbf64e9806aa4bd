namespace RawLongPoll.Wire;

/// <summary>How a poll ends. Each has one status: see <see cref="PollEndings"/>.</summary>
public enum PollEnding : byte
{
    /// <summary>Messages are there, or the client must be told that some are lost.</summary>
    Messages,

    /// <summary>The hold time is over and nothing came.</summary>
    HoldOver,

    /// <summary>The same, and the cursor came in <c>If-None-Match</c> (RFC 9110 §13.1.2).</summary>
    NotModified,

    /// <summary>A newer poll of the same client took over.</summary>
    TakenOver,

    /// <summary>The channel was deleted.</summary>
    ChannelDeleted,

    /// <summary>The server is draining.</summary>
    Draining,

    /// <summary>The client left; nobody is there to answer.</summary>
    PeerGone,
}

/// <summary>The one map from an ending to its status.</summary>
public static class PollEndings
{
    /// <summary>The status of <paramref name="ending"/>; 0 for PeerGone, which has no answer.</summary>
    public static int StatusOf(PollEnding ending) => ending switch
    {
        PollEnding.Messages => 200,
        PollEnding.HoldOver => 204,
        PollEnding.NotModified => 304,
        PollEnding.TakenOver => 409,
        PollEnding.ChannelDeleted => 410,
        PollEnding.Draining => 503,
        PollEnding.PeerGone => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, null),
    };
}
