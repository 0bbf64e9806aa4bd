namespace RawWebSocket.Deflate;

/// <summary>What stopped an inflater.</summary>
public enum InflateStatus : byte
{
    /// <summary>All input is spent. There may be more to come, or the message ends here.</summary>
    NeedInput,

    /// <summary>The room is full, and at least one more byte belongs to the message.</summary>
    NeedRoom,

    /// <summary>The data is broken; see <see cref="MessageInflater.Fault"/>.</summary>
    Invalid,
}
