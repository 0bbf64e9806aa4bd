using System.Text.Json;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Server;
using RawWebSocket.Handshake;

namespace RawRealtime.Routes;

/// <summary><c>/channels</c> and <c>/channels/{channel}</c>. docs/contract.md, Channels.</summary>
internal sealed class ChannelRoutes(Publisher publisher, OriginRule origins, Grants grants)
{
    /// <summary>Lists all channels that may be subscribed to, by name.</summary>
    public void List(HttpExchange exchange)
    {
        Refusal refusal = grants.Read(exchange.Request, out Grant grant);
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else exchange.SendJson(200, json => WriteAll(json, publisher.Hub.Snapshot().Where(channel => grant.MaySubscribe(channel.Name))));
    }

    /// <summary>Describes one.</summary>
    public void Describe(HttpExchange exchange)
    {
        Refusal refusal = Read(exchange, out Grant grant, out ChannelName name);
        ChannelInfo channel = default;
        if (!refusal.IsRefused && !grant.MaySubscribe(name)) refusal = ServerFault.MayNotSubscribe; // before it is told whether there is one
        if (!refusal.IsRefused && !publisher.Hub.TryDescribe(name, out channel)) refusal = ServerFault.NoSuchChannel;
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else exchange.SendJson(200, json => Write(json, channel));
    }

    /// <summary>Deletes one: its history goes and its subscriptions end.</summary>
    public async ValueTask DeleteAsync(HttpExchange exchange)
    {
        HttpFault foreign = origins.Check(exchange.Request.Head, exchange.Request.IsSecure);
        Refusal refusal = Read(exchange, out Grant grant, out ChannelName name);
        if (foreign != HttpFault.None) refusal = foreign;
        if (!refusal.IsRefused && !grant.MayDelete(name)) refusal = ServerFault.MayNotDelete;
        long commit = 0;
        if (!refusal.IsRefused && !publisher.Hub.Delete(name, out commit)) refusal = ServerFault.NoSuchChannel;
        if (!refusal.IsRefused && !await publisher.IsWrittenAsync(commit).ConfigureAwait(false)) refusal = ServerFault.StoreFailed;
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else exchange.Response.SendEmpty(204);
    }

    /// <summary>Says who is subscribed to one: how, since when, from where.</summary>
    public void Subscribers(HttpExchange exchange)
    {
        Refusal refusal = Read(exchange, out Grant grant, out ChannelName name);
        if (!refusal.IsRefused && !grant.MaySubscribe(name)) refusal = ServerFault.MayNotSubscribe;
        IReadOnlyList<PresentSubscriber>? present = refusal.IsRefused ? null : publisher.Hub.Subscribers(name);
        if (!refusal.IsRefused && present is null) refusal = ServerFault.NoSuchChannel;
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else exchange.SendJson(200, json => Write(json, name, present!));
    }

    static void Write(Utf8JsonWriter json, ChannelName name, IReadOnlyList<PresentSubscriber> present)
    {
        json.WriteStartObject();
        json.WriteString("channel"u8, name.Text);
        json.WriteStartArray("subscribers"u8);
        foreach (PresentSubscriber one in present.OrderBy(one => one.Info.Number)) PresenceJson.Write(json, one.Info, one.Channels == new ChannelPattern(name) ? null : one.Channels.Text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    Refusal Read(HttpExchange exchange, out Grant grant, out ChannelName name)
    {
        name = default;
        Refusal refusal = grants.Read(exchange.Request, out grant);
        if (refusal.IsRefused) return refusal;
        return ChannelName.TryParse(exchange.Request.RouteValue, out name) ? ServerFault.None : ServerFault.BadChannel;
    }

    static void WriteAll(Utf8JsonWriter json, IEnumerable<ChannelInfo> channels)
    {
        json.WriteStartObject();
        json.WriteStartArray("channels"u8);
        foreach (ChannelInfo channel in channels.OrderBy(c => c.Name.Text, StringComparer.Ordinal)) Write(json, channel);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, in ChannelInfo channel)
    {
        json.WriteStartObject();
        json.WriteString("channel"u8, channel.Name.Text);
        json.WriteStartObject("subscribers"u8);
        json.WriteNumber("ws"u8, channel.WebSockets);
        json.WriteNumber("events"u8, channel.Events);
        json.WriteNumber("poll"u8, channel.Polls);
        json.WriteEndObject();
        json.WriteNumber("kept"u8, channel.Kept);
        json.WriteNumber("bytes"u8, channel.Bytes);
        json.WriteString("cursor"u8, channel.Cursor.ToString());
        json.WriteEndObject();
    }
}
