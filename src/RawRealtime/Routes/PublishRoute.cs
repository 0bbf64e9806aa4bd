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
    /// <summary>Most bytes of data in one message.</summary>
    public const int MaxDataBytes = 1 << 20;

    /// <summary>Publishes the content of the request.</summary>
    public async ValueTask PublishAsync(HttpExchange exchange)
    {
        Refusal refusal = Read(exchange.Request, out Publication publication);
        if (!refusal.IsRefused) refusal = await exchange.Request.ReadBodyAsync(MaxDataBytes).ConfigureAwait(false);
        if (!refusal.IsRefused && publication.IsText && !Utf8.IsValid(exchange.Request.Body.Span)) refusal = ServerFault.NotUtf8;
        if (refusal == HttpFault.UnsupportedContentCoding) exchange.Response.AddField("Accept-Encoding"u8, "identity"u8); // RFC 9110 §12.5.3
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else if (publication.Key is null) await AnswerAsync(exchange, publication, Publish(exchange, publication)).ConfigureAwait(false);
        else await PublishOnceAsync(exchange, publication).ConfigureAwait(false);
    }

    /// <summary>What is known of a message before its data.</summary>
    readonly record struct Publication(ChannelName Channel, string? Event, string? Key, bool IsText);

    Refusal Read(HttpRequest request, out Publication publication)
    {
        publication = default;
        HttpFault foreign = origins.Check(request.Head, request.IsSecure);
        if (foreign != HttpFault.None) return foreign;
        Refusal refusal = grants.Read(request, out Grant grant);
        if (refusal.IsRefused) return refusal;
        HttpFault unread = CheckContent(request.Head);
        if (unread != HttpFault.None) return unread;
        refusal = Query.Read(request.Head.Query, out Query query);
        if (refusal.IsRefused) return refusal;
        ServerFault fault = ChannelList.ReadOne(query, out ChannelName channel);
        if (fault != ServerFault.None) return fault;
        if (!grant.MayPublish(channel)) return ServerFault.MayNotPublish;
        string? eventName = query.First("event");
        if (eventName is not null && !EventName.IsValid(eventName)) return ServerFault.BadEvent;
        if (!TryReadKey(request.Head.Fields, out string? key)) return ServerFault.BadIdempotencyKey;
        publication = new(channel, eventName, key, IsText(request.Head.Fields));
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
    static bool IsText(FieldLines fields)
    {
        if (!fields.TryGet("content-type"u8, out ReadOnlySpan<byte> type)) return !fields.Contains("content-type"u8);
        int end = type.IndexOfAny(" \t;"u8);
        ReadOnlySpan<byte> essence = end < 0 ? type : type[..end];
        return essence.Length >= 5 && Ascii.EqualsIgnoreCase(essence[..5], "text/"u8)
            || Ascii.EqualsIgnoreCase(essence, "application/json"u8)
            || Ascii.EqualsIgnoreCase(essence, "application/x-www-form-urlencoded"u8);
    }

    PublishResult Publish(HttpExchange exchange, in Publication publication) =>
        publisher.Publish(publication.Channel, exchange.Request.Body.Span, publication.IsText, publication.Event);

    // A publisher that did not see its answer asks again with the same key and gets the first answer; a second one at the same moment waits for it.
    async ValueTask PublishOnceAsync(HttpExchange exchange, Publication publication)
    {
        IdempotencyKeys keys = publisher.Hub.Keys;
        while (true)
        {
            TaskCompletionSource decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
            switch (keys.Claim(publication.Channel, publication.Key!, decided.SetResult, out PublishAnswer first))
            {
                case KeyClaim.Publish:
                    PublishResult published = Publish(exchange, publication);
                    if (published.IsRefused) keys.Abandon(publication.Channel, publication.Key!);
                    else keys.Complete(publication.Channel, publication.Key!, new(published.Id, published.Subscribers));
                    await AnswerAsync(exchange, publication, published).ConfigureAwait(false);
                    return;
                case KeyClaim.Repeat:
                    Answer(exchange, publication.Channel, first);
                    return;
                case KeyClaim.Full:
                    exchange.Refuse(ServerFault.TooManyKeys);
                    return;
                default:
                    await decided.Task.ConfigureAwait(false);
                    break;
            }
        }
    }

    static async ValueTask AnswerAsync(HttpExchange exchange, Publication publication, PublishResult published)
    {
        if (published.IsRefused)
        {
            exchange.Refuse(ServerFault.HubFull);
            return;
        }
        await Publisher.WaitWhileBehind(published).ConfigureAwait(false);
        Answer(exchange, publication.Channel, new(published.Id, published.Subscribers));
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
