using System.Globalization;
using System.Text;
using RawHttp;
using RawHub;
using RawNet;

namespace RawRealtime.Routes;

/// <summary><c>GET /metrics</c>: what the server counts, in the text format that Prometheus reads (version 0.0.4).</summary>
/// <param name="hub">The hub.</param>
/// <param name="sending">What all send queues hold together.</param>
/// <param name="connections">Connections open now.</param>
internal sealed class MetricsRoute(Hub hub, SendBudget sending, Func<int> connections)
{
    /// <summary>Answers with all of them.</summary>
    public void Answer(HttpExchange exchange)
    {
        exchange.Response.AddField("Cache-Control"u8, "no-store"u8);
        exchange.Response.Send(200, "text/plain; version=0.0.4; charset=utf-8"u8, Encoding.UTF8.GetBytes(Write()));
    }

    string Write()
    {
        ChannelInfo[] channels = hub.Snapshot();
        StringBuilder text = new();
        Metric(text, "connections", "gauge", "Connections open now.", ("", connections()));
        Metric(text, "channels", "gauge", "Channels that there are.", ("", channels.Length));
        Metric(text, "subscriptions", "gauge", "Channels subscribed to now, each counted for each subscriber.",
            ("{transport=\"ws\"}", channels.Sum(one => (long)one.WebSockets)),
            ("{transport=\"events\"}", channels.Sum(one => (long)one.Events)),
            ("{transport=\"poll\"}", channels.Sum(one => (long)one.Polls)));
        Metric(text, "history_messages", "gauge", "Messages kept.", ("", channels.Sum(one => (long)one.Kept)));
        Metric(text, "history_bytes", "gauge", "Bytes of data kept.", ("", hub.KeptBytes));
        Metric(text, "send_queue_bytes", "gauge", "Bytes that wait to be sent, on all connections together.", ("", sending.QueuedBytes));
        Metric(text, "published_total", "counter", "Messages published.", ("", hub.Counters.Published));
        Metric(text, "slow_disconnected_total", "counter", "Subscribers ended because they were too slow.", ("", hub.Counters.Disconnected));
        Metric(text, "slow_dropped_messages_total", "counter", "Messages that slow subscribers lost, each counted for each of them.", ("", hub.Counters.Dropped));
        Metric(text, "history_shrunk_messages_total", "counter", "Messages that left early because all channels together kept too much.", ("", hub.Counters.EvictedForTotal));
        Metric(text, "send_total_refused_total", "counter", "Writes put off because too much waited to be sent on all connections together.", ("", sending.RefusedWrites));
        return text.ToString();
    }

    static void Metric(StringBuilder text, string name, string type, string help, params ReadOnlySpan<(string Labels, long Value)> samples)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP rawrealtime_{name} {help}\n# TYPE rawrealtime_{name} {type}\n");
        foreach ((string labels, long value) in samples) text.Append(CultureInfo.InvariantCulture, $"rawrealtime_{name}{labels} {value}\n");
    }
}
