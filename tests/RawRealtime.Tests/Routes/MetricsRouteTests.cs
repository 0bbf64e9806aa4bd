using System.Globalization;
using System.Text.RegularExpressions;
using RawNet;

namespace RawRealtime.Tests.Routes;

/// <summary>docs/contract.md, <c>GET /metrics</c>: the text format 0.0.4, read by a small parser of it.</summary>
public sealed partial class MetricsRouteTests : IDisposable
{
    readonly ServerRig rig = new(new() { Http = new() { Sending = new() { Budget = new SendBudget(1_000_000) } }, HistoryMessages = 2 });

    public void Dispose() => rig.Dispose();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{[a-z_]+="[a-z]+"(,[a-z_]+="[a-z]+")*\})? (?<value>-?[0-9]+)$""")]
    private static partial Regex Sample();

    // Each family is its HELP, its TYPE and then its samples, all by one name.
    static Dictionary<string, long> Parse(string content)
    {
        Assert.EndsWith("\n", content);
        Dictionary<string, long> samples = [];
        HashSet<string> families = [];
        string family = "", type = "";
        foreach (string line in content[..^1].Split('\n'))
        {
            string[] words = line.Split(' ', 4);
            if (words[..2] is ["#", "HELP"])
            {
                Assert.True(families.Add(family = words[2]), $"{family} stands there twice");
                Assert.EndsWith(".", words[3]);
                type = "";
            }
            else if (words[..2] is ["#", "TYPE"])
            {
                Assert.Equal((family, ""), (words[2], type));
                Assert.Contains(type = words[3], (string[])["gauge", "counter"]);
                Assert.Equal(type == "counter", family.EndsWith("_total", StringComparison.Ordinal));
            }
            else
            {
                Match sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.Equal(family, sample.Groups["name"].Value);
                Assert.NotEqual("", type);
                samples.Add(family["rawrealtime_".Length..] + sample.Groups["labels"].Value, long.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));
            }
        }
        return samples;
    }

    Dictionary<string, long> Metrics() => Parse(ServerRig.ContentOf(rig.Get("/metrics")));

    [Fact]
    public void The_answer_says_which_format_it_is_and_is_never_stored()
    {
        string answer = rig.Get("/metrics");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.Contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", answer);
        Assert.Contains("\r\nCache-Control: no-store\r\n", answer);
        Assert.Equal("405 method-not-allowed", ServerRig.Outcome(rig.Answer(ServerRig.Request("POST", "/metrics", "Content-Length: 0\r\n"))));
    }

    [Fact]
    public void Each_metric_stands_there_once_and_begins_at_0() => Assert.Equal(
        [
            ("channels", 0), ("connections", 0), ("history_bytes", 0), ("history_messages", 0), ("history_shrunk_messages_total", 0), ("published_total", 0),
            ("send_queue_bytes", 0), ("send_total_refused_total", 0), ("slow_disconnected_total", 0), ("slow_dropped_messages_total", 0),
            ("subscriptions{transport=\"events\"}", 0), ("subscriptions{transport=\"poll\"}", 0), ("subscriptions{transport=\"ws\"}", 0),
        ],
        Metrics().Select(sample => (sample.Key, sample.Key == "connections" ? 0 : sample.Value)).OrderBy(sample => sample.Key, StringComparer.Ordinal));

    [Fact]
    public void Subscriptions_and_history_are_what_there_is_now()
    {
        rig.Connect().Open("/ws?channel=a&channel=b");
        rig.Connect().Get("/events?channel=a");
        rig.Connect().Get("/poll?channel=b");
        rig.Publish("channel=c", "12345");
        rig.Publish("channel=c", "67");
        rig.Publish("channel=c", "8");
        Dictionary<string, long> now = Metrics();
        Assert.Equal((3, 3, 2, 3), (now["channels"], now["published_total"], now["history_messages"], now["history_bytes"]));
        Assert.Equal((2, 1, 1), (now["subscriptions{transport=\"ws\"}"], now["subscriptions{transport=\"events\"}"], now["subscriptions{transport=\"poll\"}"]));
    }

    [Fact]
    public void What_waits_to_be_sent_is_counted_and_so_is_what_the_total_puts_off()
    {
        RigPeer[] peers = [rig.Connect(), rig.Connect(), rig.Connect()];
        foreach (RigPeer peer in peers)
        {
            peer.Open("/ws?channel=a");
            peer.Channel.SendsStall = true;
        }
        rig.Publish("channel=a", new string('m', 400_000));
        Dictionary<string, long> full = Metrics();
        Assert.InRange(full["send_queue_bytes"], 1_200_000, 1_210_000);
        Assert.Equal(0, full["send_total_refused_total"]);
        rig.Publish("channel=a", new string('n', 100_000));
        Assert.Equal(3, Metrics()["send_total_refused_total"]);
        foreach (RigPeer peer in peers) peer.Channel.SendsStall = false;
        Assert.Equal(0, Metrics()["send_queue_bytes"]);
        foreach (RigPeer peer in peers) Assert.Equal((400_005, 100_005), (peer.Frames() is [var m, var n] ? (m.Length, n.Length) : default)); // nothing was lost: "text " and the data
    }

    [Fact]
    public void Who_was_too_slow_is_counted()
    {
        RigPeer slow = rig.Connect();
        slow.Open("/ws?channel=a");
        slow.Channel.SendsStall = true;
        for (int i = 0; i < 6; i++) rig.Publish("channel=a", new string('m', 600_000));
        slow.Channel.SendsStall = false;
        Assert.Equal(1, Metrics()["slow_disconnected_total"]);
    }
}
