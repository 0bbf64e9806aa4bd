using System.Collections.Concurrent;
using System.Text;
using RawHttp;
using RawHttp.Wire;
using RawHub;
using RawLongPoll.Wire;
using RawNet;
using RawRealtime.Access;
using RawRealtime.Delivery;
using RawRealtime.Server;

namespace RawRealtime.Routes;

/// <summary><c>GET /poll</c>. docs/contract.md, held long poll.</summary>
internal sealed class PollRoute(Hub hub, Grants grants)
{
    readonly ConcurrentDictionary<string, HeldPoll> byClient = new(StringComparer.Ordinal);

    /// <summary>Answers a poll, at once or later.</summary>
    public void Poll(HttpExchange exchange)
    {
        Refusal refusal = grants.Read(exchange.Request, out Grant grant);
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else if (exchange.Request.QueryValue("data"u8) is { } text) SendBack(exchange, text);
        else Subscribe(exchange, grant);
    }

    void Subscribe(HttpExchange exchange, Grant grant)
    {
        Refusal refusal = SubscribeRequest.Read(exchange.Request, grant, out SubscribeRequest subscribe);
        PollRequest poll = new();
        if (!refusal.IsRefused) refusal = Read(exchange.Request.Head, poll);
        if (refusal.IsRefused) exchange.Refuse(refusal);
        else Hold(exchange, subscribe, poll);
    }

    // The simplest long-poll examples of all send data and get it back.
    static void SendBack(HttpExchange exchange, string text)
    {
        exchange.Response.AddField("Cache-Control"u8, "no-store"u8);
        exchange.Response.AddField("X-Content-Type-Options"u8, "nosniff"u8);
        exchange.Response.Send(200, "text/plain; charset=utf-8"u8, Encoding.UTF8.GetBytes(text));
    }

    static Refusal Read(RequestHead head, PollRequest poll)
    {
        foreach (Query.Pair pair in Query.OfJudged(head.Query))
        {
            PollFault fault = poll.OnQuery(pair.Name, pair.Value);
            if (fault != PollFault.None) return fault;
        }
        foreach (ReadOnlySpan<byte> preference in head.Fields.Members("prefer"u8)) poll.OnPreference(preference);
        return Refusal.None;
    }

    void Hold(HttpExchange exchange, SubscribeRequest subscribe, PollRequest poll)
    {
        HeldPoll held = new(subscribe, poll.Limit, poll.Client is { } name ? ForgetAs(name) : null);
        if (subscribe.SubscribeOrRefuse(exchange, hub, held, TransportKind.Poll) is not { } subscription) return;
        held.Subscription = subscription;
        bool waits = exchange.Request.Method != HttpMethod.Head && poll.WaitSeconds > 0; // HEAD answers without holding
        int seconds = waits ? poll.WaitSeconds : HoldTime.MaxSeconds; // one that does not wait is answered below, not by its deadline
        held.Hold(exchange, HoldTime.MillisecondsOf(seconds, (uint)Random.Shared.NextInt64(1L << 32), Heartbeat.TickMilliseconds));
        if (poll.Client is not null && exchange.Request.Method != HttpMethod.Head) TakeOver(poll.Client, held);
        held.Start(waits);
    }

    void TakeOver(string client, HeldPoll newer)
    {
        HeldPoll? older = null;
        byClient.AddOrUpdate(client, newer, (_, present) =>
        {
            older = present;
            return newer;
        });
        older?.OnTakenOver();
        if (newer.IsOver) Forget(client, newer); // it ended before it was listed
    }

    Action<HeldPoll> ForgetAs(string client) => over => Forget(client, over);

    void Forget(string client, HeldPoll over) => byClient.TryRemove(new(client, over));
}
