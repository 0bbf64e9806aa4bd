using RawHub;

namespace RawRealtime.Server;

/// <summary>The channels and patterns a request names: <c>channel=</c>, repeatable; <c>default</c> when there is none. docs/contract.md, Subscribing.</summary>
internal static class ChannelList
{
    /// <summary>Reads them.</summary>
    public static ServerFault Read(Query query, out ChannelPattern[] channels)
    {
        channels = [];
        ChannelPattern[] read = [];
        foreach (Query.Pair pair in query)
        {
            if (!pair.Name.SequenceEqual("channel"u8)) continue;
            if (read.Length == Cursor.MaxPositions) return ServerFault.TooManyChannels;
            if (!ChannelPattern.TryParse(pair.Value, out ChannelPattern name)) return ServerFault.BadChannel;
            if (read.Contains(name)) return ServerFault.RepeatedChannel;
            read = [.. read, name];
        }
        channels = read.Length == 0 ? [default] : read;
        return ServerFault.None;
    }

    /// <summary>Whether only the server publishes here: who joins and leaves another channel. docs/contract.md, Presence.</summary>
    public static bool IsReserved(ChannelName channel) => channel.Text.StartsWith(ChannelPattern.PresencePrefix, StringComparison.Ordinal);

    /// <summary>The one channel a publisher names.</summary>
    public static ServerFault ReadOne(Query query, out ChannelName channel)
    {
        channel = default;
        if (query.First("channel"u8) is { } text && !ChannelName.TryParse(text, out channel)) return ServerFault.BadChannel;
        return IsReserved(channel) ? ServerFault.ReservedChannel : ServerFault.None;
    }
}
