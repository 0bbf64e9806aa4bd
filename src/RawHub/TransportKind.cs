namespace RawHub;

/// <summary>How a subscriber is reached. The hub only counts by it.</summary>
public enum TransportKind : byte
{
    /// <summary>A WebSocket.</summary>
    WebSocket,

    /// <summary>An event stream.</summary>
    Events,

    /// <summary>A held poll.</summary>
    Poll,
}
