using System.Text;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Access;
using RawSse.Wire;

namespace RawRealtime.Server;

/// <summary>What every subscribing request says: its channels and where to begin. docs/contract.md, Subscribing.</summary>
/// <param name="Channels">The channels and patterns, 1 to 64.</param>
/// <param name="Start">Where to begin.</param>
/// <param name="Filter">Which messages are wanted; null for all.</param>
/// <param name="Grant">What whoever asks may do: at least this.</param>
internal sealed record SubscribeRequest(ChannelPattern[] Channels, StartCursor Start, EventFilter? Filter, Grant Grant)
{
    /// <summary>Whether it may mean several channels.</summary>
    public bool IsOfSeveral => Channels.Length > 1 || Channels[0].IsWildcard;

    /// <summary>Does what it asks; null when the hub is full.</summary>
    public Subscription? Subscribe(HttpExchange exchange, Hub hub, ISubscriber subscriber, TransportKind transport) =>
        hub.Subscribe(Channels, Start.Text, subscriber, SubscriberInfos.Of(exchange, transport, Grant.Subject), Filter);

    /// <summary>Does what it asks; null when the hub is full, which is then answered.</summary>
    public Subscription? SubscribeOrRefuse(HttpExchange exchange, Hub hub, ISubscriber subscriber, TransportKind transport)
    {
        Subscription? subscription = Subscribe(exchange, hub, subscriber, transport);
        if (subscription is null) exchange.Refuse(ServerFault.HubFull);
        return subscription;
    }

    /// <summary>Reads it, and judges whether <paramref name="grant"/> lets have it.</summary>
    public static Refusal Read(HttpRequest request, Grant grant, out SubscribeRequest subscribe)
    {
        subscribe = null!;
        EventFilter? filter = null;
        Refusal refusal = Query.Read(request.Head.Query, out Query query);
        if (refusal.IsRefused) return refusal;
        ServerFault fault = ChannelList.Read(query, out ChannelPattern[] channels);
        if (fault == ServerFault.None) fault = ReadFilter(query, out filter);
        if (fault != ServerFault.None) return fault;
        fault = StartCursor.Read(request.Head.Fields, query, out StartCursor start);
        subscribe = new(channels, start, filter, grant);
        if (fault != ServerFault.None) return fault;
        return Array.TrueForAll(channels, grant.MaySubscribe) ? ServerFault.None : ServerFault.MayNotSubscribe;
    }

    static ServerFault ReadFilter(Query query, out EventFilter? filter)
    {
        filter = null;
        string[] names = [];
        foreach (Query.Pair pair in query)
        {
            if (!pair.Name.SequenceEqual("event"u8)) continue;
            if (names.Length == EventFilter.MaxNames) return ServerFault.TooManyEvents;
            names = [.. names, pair.Text];
        }
        if (names.Length > 0) filter = new(names);
        return Array.TrueForAll(names, name => EventName.IsValid(name)) ? ServerFault.None : ServerFault.BadEvent;
    }
}

/// <summary>Where a subscription is asked to begin, from whichever of the three places a client may say it in.</summary>
/// <param name="Text">The cursor as it was given; null for only new messages. Whether it is a cursor is the hub's to judge.</param>
/// <param name="IsConditional">Whether it came in If-None-Match: nothing new then is 304 (RFC 9110 §13.1.2).</param>
internal readonly record struct StartCursor(string? Text, bool IsConditional)
{
    /// <summary>
    /// Last-Event-ID wins over the query, since a browser's EventSource comes back with it to a URL that still has the first
    /// cursor; the query wins over If-None-Match. docs/contract.md, Subscribing.
    /// </summary>
    public static ServerFault Read(FieldLines fields, Query query, out StartCursor start)
    {
        start = default;
        string? cursor = null;
        foreach (Query.Pair pair in query)
        {
            if (!pair.Name.SequenceEqual("cursor"u8)) continue;
            if (cursor is not null) return ServerFault.RepeatedCursor;
            cursor = pair.Text;
        }
        if (fields.TryGet("last-event-id"u8, out ReadOnlySpan<byte> field) && LastEventId.TryRead(field, out ReadOnlySpan<byte> id)) start = new(Encoding.Latin1.GetString(id), false);
        else if (cursor is not null) start = new(cursor, false);
        else if (fields.Contains("if-none-match"u8)) return ReadTag(fields, out start);
        return ServerFault.None;
    }

    // RFC 9110 §8.8.3: one entity tag, in quotes; weak, as a proxy that compresses may have made it, says the same here.
    static ServerFault ReadTag(FieldLines fields, out StartCursor start)
    {
        start = default;
        if (!fields.TryGet("if-none-match"u8, out ReadOnlySpan<byte> tag)) return ServerFault.BadEntityTag;
        if (tag.StartsWith("W/"u8)) tag = tag[2..];
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"' || tag[1..^1].Contains((byte)'"')) return ServerFault.BadEntityTag;
        start = new(Encoding.Latin1.GetString(tag[1..^1]), true);
        return ServerFault.None;
    }
}
