using System.Text;
using System.Text.Unicode;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawRealtime.Access;
using RawRealtime.Server;
using RawWebSocket.Handshake;

namespace RawRealtime.Routes;

/// <summary><c>POST /publish</c>. docs/contract.md, Publishing.</summary>
internal sealed class PublishRoute(Publisher publisher, OriginRule origins, Grants grants)
{
    readonly KeyedPublisher keyed = new(publisher);

    /// <summary>Publishes the content of the request: one message, or one for each of its lines.</summary>
    public async ValueTask PublishAsync(HttpExchange exchange)
    {
        Refusal refusal = Read(exchange.Request, out Grant grant, out Publication publication);
        if (!refusal.IsRefused && IsBulk(exchange.Request.Head.Fields))
        {
            await PublishLinesAsync(exchange, grant, publication).ConfigureAwait(false); // each line names its own channel
            return;
        }
        if (!refusal.IsRefused && !grant.MayPublish(publication.Channel)) refusal = ServerFault.MayNotPublish;
        if (!refusal.IsRefused) refusal = await exchange.Request.ReadBodyAsync(Publisher.MaxDataBytes).ConfigureAwait(false);
        if (!refusal.IsRefused && publication.IsText && !Utf8.IsValid(exchange.Request.Body.Span)) refusal = ServerFault.NotUtf8;
        if (refusal == HttpFault.UnsupportedContentCoding) exchange.Response.AddField("Accept-Encoding"u8, "identity"u8); // RFC 9110 §12.5.3
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else await PublishOneAsync(exchange, publication).ConfigureAwait(false);
    }

    Refusal Read(HttpRequest request, out Grant grant, out Publication publication)
    {
        (grant, publication) = (null!, default);
        HttpFault foreign = origins.Check(request.Head, request.IsSecure);
        if (foreign != HttpFault.None) return foreign;
        Refusal refusal = grants.Read(request, out grant);
        if (refusal.IsRefused) return refusal;
        HttpFault unread = CheckContent(request.Head);
        if (unread != HttpFault.None) return unread;
        refusal = Query.Read(request.Head.Query, out Query query);
        if (refusal.IsRefused) return refusal;
        ServerFault fault = ChannelList.ReadOne(query, out ChannelName channel);
        if (fault != ServerFault.None) return fault;
        string? eventName = query.First("event"u8);
        if (eventName is not null && !EventName.IsValid(eventName)) return ServerFault.BadEvent;
        if (!TryReadKey(request.Head.Fields, out string? key)) return ServerFault.BadIdempotencyKey;
        if (!TimeToLive.TryRead(query.First("ttl"u8), out TimeToLive? ttl)) return ServerFault.BadTtl;
        publication = new(channel, IsText(request.Head.Fields), eventName, TtlMs: ttl?.Milliseconds ?? 0, Key: key);
        return Refusal.None;
    }

    // A message may be empty, but not by oversight. And what is coded we do not decode, so that what is delivered is what was sent.
    static HttpFault CheckContent(RequestHead head)
    {
        if (head.Framing.Kind == BodyKind.None) return HttpFault.LengthRequired;
        foreach (ReadOnlySpan<byte> coding in head.Fields.Members("content-encoding"u8))
            if (!Ascii.EqualsIgnoreCase(coding, "identity"u8)) return HttpFault.UnsupportedContentCoding;
        return HttpFault.None;
    }

    static bool TryReadKey(FieldLines fields, out string? key)
    {
        key = null;
        if (!fields.Contains("idempotency-key"u8)) return true;
        if (!fields.TryGet("idempotency-key"u8, out ReadOnlySpan<byte> value) || !IdempotencyKeys.IsValid(value)) return false;
        key = Encoding.ASCII.GetString(value);
        return true;
    }

    // RFC 9110 §8.3.1: type and subtype without case, parameters behind a semicolon.
    static ReadOnlySpan<byte> TypeOf(FieldLines fields)
    {
        fields.TryGet("content-type"u8, out ReadOnlySpan<byte> type);
        int end = type.IndexOfAny(" \t;"u8);
        return end < 0 ? type : type[..end];
    }

    static bool IsText(FieldLines fields)
    {
        ReadOnlySpan<byte> type = TypeOf(fields);
        return !fields.Contains("content-type"u8)
            || (type.Length >= 5 && Ascii.EqualsIgnoreCase(type[..5], "text/"u8))
            || Ascii.EqualsIgnoreCase(type, "application/json"u8)
            || Ascii.EqualsIgnoreCase(type, "application/x-www-form-urlencoded"u8);
    }

    static bool IsBulk(FieldLines fields) => Ascii.EqualsIgnoreCase(TypeOf(fields), "application/x-ndjson"u8);

    async ValueTask PublishLinesAsync(HttpExchange exchange, Grant grant, Publication defaults)
    {
        if (defaults.Key is null) await new BulkPublish(exchange, publisher, keyed, grant, defaults).RunAsync().ConfigureAwait(false);
        else exchange.Refuse(ServerFault.KeyForManyLines);
    }

    async ValueTask PublishOneAsync(HttpExchange exchange, Publication publication)
    {
        Published published = await keyed.PublishAsync(publication, exchange.Request.Body).ConfigureAwait(false);
        Refusal refusal = published.Refusal;
        if (!refusal.IsRefused && published.Result is { } written) refusal = await publisher.SettleAsync(written).ConfigureAwait(false);
        if (refusal.IsRefused)
        {
            exchange.Refuse(refusal);
            return;
        }
        if (published.Result is { } result) await publisher.WaitWhileBehind(result).ConfigureAwait(false);
        Answer(exchange, publication.Channel, published.Answer);
    }

    static void Answer(HttpExchange exchange, ChannelName channel, PublishAnswer answer) => exchange.SendJson(answer.Subscribers > 0 ? 201 : 202, json =>
    {
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id.ToString());
        json.WriteString("channel"u8, channel.Text);
        json.WriteNumber("subscribers"u8, answer.Subscribers);
        json.WriteEndObject();
    });
}
