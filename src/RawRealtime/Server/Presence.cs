using System.Buffers;
using System.Text.Json;
using RawHub;

namespace RawRealtime.Server;

/// <summary>
/// Tells who joins and leaves a channel, as messages of another one, <c>presence:</c> and its name: so who wants to know subscribes
/// there, on any transport. Nothing is made while nobody does: what happened before is in the list of subscribers. docs/contract.md, Presence.
/// </summary>
/// <param name="publisher">Publishes; asked for when the first subscriber comes.</param>
internal sealed class Presence(Func<Publisher> publisher)
{
    const string Join = "join", Leave = "leave";

    /// <summary>A subscriber of a channel by its name came or left. Held polls come and go all the time: they are not told of.</summary>
    public void OnChanged(ChannelName channel, SubscriberInfo who, bool isThere)
    {
        if (who.Transport == TransportKind.Poll || ChannelList.IsReserved(channel)) return;
        if (!ChannelName.TryParse(ChannelPattern.PresencePrefix + channel.Text, out ChannelName told)) return;
        if (!publisher().Hub.HasSubscribers(told)) return;
        ArrayBufferWriter<byte> text = new(256);
        using (Utf8JsonWriter json = new(text)) PresenceJson.Write(json, who, null);
        publisher().Publish(new(told, IsText: true, isThere ? Join : Leave), text.WrittenSpan);
    }
}

/// <summary>A subscriber as JSON: <c>{"number","transport","since","address"?,"subject"?,"by"?}</c>.</summary>
internal static class PresenceJson
{
    /// <summary>Writes one.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="who">The subscriber.</param>
    /// <param name="by">The pattern it subscribed to; null for the channel's name.</param>
    public static void Write(Utf8JsonWriter json, SubscriberInfo who, string? by)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, who.Number);
        json.WriteString("transport"u8, WordOf(who.Transport));
        Span<byte> since = stackalloc byte[Rfc3339.Length];
        Rfc3339.Format(who.SinceUnixMs, since);
        json.WriteString("since"u8, since);
        if (who.Address is { } address) json.WriteString("address"u8, address);
        if (who.Subject is not null) json.WriteString("subject"u8, who.Subject);
        if (by is not null) json.WriteString("by"u8, by);
        json.WriteEndObject();
    }

    static ReadOnlySpan<byte> WordOf(TransportKind transport) => transport switch
    {
        TransportKind.WebSocket => "ws"u8,
        TransportKind.Events => "events"u8,
        _ => "poll"u8,
    };
}
