namespace RawHub;

/// <summary>A channel as it was at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WebSockets">Subscriptions by WebSocket.</param>
/// <param name="Events">Subscriptions by event stream.</param>
/// <param name="Polls">Subscriptions by held poll.</param>
/// <param name="Kept">Messages kept.</param>
/// <param name="Bytes">Bytes of data kept.</param>
/// <param name="Cursor">The position after its last message.</param>
public readonly record struct ChannelInfo(ChannelName Name, int WebSockets, int Events, int Polls, int Kept, long Bytes, MessageId Cursor);
