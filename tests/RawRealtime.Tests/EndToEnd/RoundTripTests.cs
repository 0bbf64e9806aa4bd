using System.Text;
using System.Text.Json;
using CsCheck;
using RawHttp.Wire;
using RawSse.Wire;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>Nothing that a publisher can put into data, event or channel breaks out of its field or frame: it comes back as it was, by every transport.</summary>
public sealed class RoundTripTests : IDisposable
{
    static readonly string[] Pieces =
    [
        "\r", "\n", "\r\n", "\n\n", "\0", "\u0001", "\u001B[2J", "\u007F", "\u0085", "\u2028", "\u2029", "\uFEFF", "\uFFFD", "</script>", "<!--", "\"", "\\", "\\u0000",
        ":", " ", "\t", "data: x", "\nid: 9\n", "\nevent: e\n\n", "\nretry: 1\n", "0\r\n\r\n", "{\"type\":\"position\"}", "a", "é", "\U0001F44B",
    ];

    static readonly Gen<string> Hostile = Gen.Int[0, Pieces.Length - 1].Array[0, 12].Select(chosen => string.Concat(chosen.Select(i => Pieces[i])));

    readonly ServerRig rig = new();
    readonly Dictionary<string, RigPeer> streams = [];
    readonly LiveGunzip gunzip = new();
    readonly RigPeer plain, cursored;

    public RoundTripTests()
    {
        foreach ((string query, string fields) in ((string, string)[])[("", ""), ("&format=json", ""), ("&channel=b", ""), ("&gzip", "Accept-Encoding: gzip\r\n")])
        {
            streams[query] = rig.Connect().Get("/events?channel=a" + query, fields);
            streams[query].TakeHead();
            ContentOf(query);
        }
        plain = rig.Connect();
        plain.Open("/ws?channel=a");
        cursored = rig.Connect();
        cursored.OpenV1("/ws?channel=a");
    }

    public void Dispose()
    {
        gunzip.Dispose();
        rig.Dispose();
    }

    [Fact]
    public void Data_comes_back_as_it_was_published() => Hostile.Sample(
        data =>
        {
            Assert.StartsWith("HTTP/1.1 201 ", rig.Publish("channel=a", data));
            Assert.Equal("text " + data, Assert.Single(plain.Frames()));
            AssertEvents(data, "message", null);
            AssertJson(Assert.Single(cursored.Frames())["text ".Length..], data, null);
        },
        iter: 300, threads: 1);

    [Fact]
    public void An_event_name_comes_back_as_it_was_published_or_is_refused() => Hostile.Sample(
        name =>
        {
            string answer = rig.Publish("channel=a&event=" + Uri.EscapeDataString(name), "x");
            if (name.Length is 0 or > 128 || name.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                Assert.Equal("400 bad-event", ServerRig.Outcome(answer));
                Assert.Empty(plain.Frames());
                return;
            }
            Assert.Equal("text x", Assert.Single(plain.Frames()));
            AssertEvents("x", name, name);
            AssertJson(Assert.Single(cursored.Frames())["text ".Length..], "x", name);
        },
        iter: 300, threads: 1);

    [Theory]
    [InlineData("a%0Ab")]
    [InlineData("a%0D%0AX:1")]
    [InlineData("a%00")]
    [InlineData("a%20b")]
    [InlineData("a%22")]
    [InlineData("a%5C")]
    [InlineData("a/b")]
    [InlineData("%3C/script%3E")]
    [InlineData("a%E2%80%A8")]
    [InlineData("%C3%A9")]
    [InlineData("a%7F")]
    [InlineData("")]
    public void A_channel_name_cannot_hold_what_would_break_out(string channel)
    {
        Assert.Equal("400 bad-channel", ServerRig.Outcome(rig.Publish("channel=" + channel, "x")));
        foreach (string route in (string[])["/events", "/poll", "/ws"])
            Assert.Equal("400 bad-channel", ServerRig.Outcome(rig.Get($"{route}?channel={channel}", route == "/ws" ? RigPeer.Opening : "")));
    }

    string ContentOf(string query) => query == "&gzip"
        ? string.Concat(streams[query].Chunks().Select(chunk => gunzip.Feed(chunk)))
        : streams[query].Events();

    // Exactly one event each. An event stream has one line end, LF; the JSON in it is exact.
    void AssertEvents(string data, string name, string? jsonName)
    {
        string lines = data.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        foreach (string query in streams.Keys)
        {
            byte[] content = Encoding.UTF8.GetBytes(ContentOf(query));
            EventReader reader = new();
            Assert.Equal(ReadStatus.Done, reader.Read(content, out int consumed));
            Assert.Equal((content.Length, name, null), (consumed, reader.Name, reader.RetryMilliseconds));
            Assert.StartsWith("epoch00", reader.LastId);
            if (query is "" or "&gzip") Assert.Equal(lines, reader.DataText);
            else AssertJson(reader.DataText, data, jsonName);
        }
        string kept = rig.Kept("a");
        AssertJson(JsonDocument.Parse(kept).RootElement.GetProperty("messages").EnumerateArray().Last().GetRawText(), data, jsonName);
    }

    static void AssertJson(string json, string data, string? name)
    {
        Assert.DoesNotContain('\n', json);
        JsonElement message = JsonDocument.Parse(json).RootElement;
        Assert.Equal(("a", data), (message.GetProperty("channel").GetString(), message.GetProperty("data").GetString()));
        Assert.Equal(name, message.TryGetProperty("event", out JsonElement given) ? given.GetString() : null);
    }
}
