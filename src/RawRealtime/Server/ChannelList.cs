using RawHub;

namespace RawRealtime.Server;

/// <summary>The channels a request names: <c>channel=</c>, repeatable; <c>default</c> when there is none. docs/contract.md, Subscribing.</summary>
internal static class ChannelList
{
    /// <summary>Reads them.</summary>
    public static ServerFault Read(Query query, out ChannelName[] channels)
    {
        List<ChannelName> read = [];
        channels = [];
        foreach (string text in query.All("channel"))
        {
            if (read.Count == Cursor.MaxPositions) return ServerFault.TooManyChannels;
            if (!ChannelName.TryParse(text, out ChannelName name)) return ServerFault.BadChannel;
            if (read.Contains(name)) return ServerFault.RepeatedChannel;
            read.Add(name);
        }
        channels = read.Count == 0 ? [default] : [.. read];
        return ServerFault.None;
    }

    /// <summary>The one channel a publisher names.</summary>
    public static ServerFault ReadOne(Query query, out ChannelName channel)
    {
        channel = default;
        return query.First("channel") is not { } text || ChannelName.TryParse(text, out channel) ? ServerFault.None : ServerFault.BadChannel;
    }
}
