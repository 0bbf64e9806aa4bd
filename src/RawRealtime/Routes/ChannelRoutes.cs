using System.Text.Json;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Server;
using RawWebSocket.Handshake;

namespace RawRealtime.Routes;

/// <summary><c>/channels</c> and <c>/channels/{channel}</c>. docs/contract.md, Channels.</summary>
internal sealed class ChannelRoutes(Publisher publisher, OriginRule origins)
{
    /// <summary>Lists all channels, by name.</summary>
    public void List(HttpExchange exchange) => exchange.SendJson(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("channels"u8);
        foreach (ChannelInfo channel in publisher.Hub.Snapshot().OrderBy(c => c.Name.Text, StringComparer.Ordinal)) Write(json, channel);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Describes one.</summary>
    public void Describe(HttpExchange exchange)
    {
        ServerFault fault = Named(exchange, out ChannelName name);
        ChannelInfo channel = default;
        if (fault == ServerFault.None && !publisher.Hub.TryDescribe(name, out channel)) fault = ServerFault.NoSuchChannel;
        if (fault != ServerFault.None) exchange.Refuse(fault);
        else exchange.SendJson(200, json => Write(json, channel));
    }

    /// <summary>Deletes one: its history goes and its subscriptions end.</summary>
    public async ValueTask DeleteAsync(HttpExchange exchange)
    {
        HttpFault foreign = origins.Check(exchange.Request.Head, exchange.Request.IsSecure);
        ServerFault fault = Named(exchange, out ChannelName name);
        if (foreign != HttpFault.None) exchange.Refuse(foreign);
        else if (fault != ServerFault.None) exchange.Refuse(fault);
        else if (!publisher.Hub.Delete(name, out long commit)) exchange.Refuse(ServerFault.NoSuchChannel);
        else if (!await publisher.IsWrittenAsync(commit).ConfigureAwait(false)) exchange.Refuse(ServerFault.StoreFailed);
        else exchange.Response.SendEmpty(204);
    }

    /// <summary>Says who is subscribed to one: how, since when, from where.</summary>
    public void Subscribers(HttpExchange exchange)
    {
        ServerFault fault = Named(exchange, out ChannelName name);
        IReadOnlyList<PresentSubscriber>? present = fault == ServerFault.None ? publisher.Hub.Subscribers(name) : null;
        if (fault == ServerFault.None && present is null) fault = ServerFault.NoSuchChannel;
        if (fault != ServerFault.None) exchange.Refuse(fault);
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

    static ServerFault Named(HttpExchange exchange, out ChannelName name) =>
        ChannelName.TryParse(exchange.Request.RouteValue, out name) ? ServerFault.None : ServerFault.BadChannel;

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
