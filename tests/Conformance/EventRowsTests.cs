using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using RawHttp.Wire;
using RawSse.Wire;
using Testing;

namespace Conformance;

/// <summary>The rows of HTML §9.2 that our reader is tested with, read by readers that other people wrote. Where one differs, it is listed with the reason.</summary>
public sealed class EventRowsTests
{
    // eventsource 3.0.7 gives an event the id of its own block only, and keeps a CR at the end until it knows what follows.
    static readonly Dictionary<string, string> OfEventSource = new()
    {
        ["9.2.5 CR"] = "",
        ["9.2.6 ends with CR"] = "",
        ["9.2.6 id without data"] = "message():a",
        ["9.2.6 id stays"] = "message(7):a / message():b",
    };

    // .NET 10's parser takes an empty event field for a name, where HTML §9.2.6 says that such an event is a "message"; and it keeps the name of
    // an event without data for the next one, where "dispatch the event", step 2, forgets it.
    static readonly Dictionary<string, string> OfSseParser = new()
    {
        ["9.2.6 empty event"] = "():a",
        ["9.2.6 event, no value"] = "():a",
        ["9.2.6 no data"] = "e():a",
    };

    [SkippableFact]
    public async Task Npm_eventsource_reads_them_as_ours_does() => Assert.Equal(Expected(OfEventSource), await ReadAsync("eventsource"));

    [SkippableFact]
    public async Task Chromium_reads_them_as_ours_does() => Assert.Equal(Expected([]), await ReadAsync(Tools.Chromium));

    [Fact]
    public void The_base_librarys_parser_reads_them_as_ours_does() =>
        Assert.Equal(Expected(OfSseParser), EventStreamRows.All.Select(row => $"{row.Rule}: {Parsed(Encoding.UTF8.GetBytes(row.Stream))}"));

    [Fact]
    public void Random_streams_are_the_same_to_the_base_librarys_parser_and_to_ours()
    {
        // Without what the two are known to differ in, which the rows show: no event field is empty, and every event has data.
        string[] blocks = ["data: a", "data", "data:", "data:  b", "event: e", "event: f", "id: 7", "id", "id: 8\0", ": c", "foo: d", "data:\u2028é", "retry: 5", "retry: x"];
        string[] ends = ["\n", "\r", "\r\n"];
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            StringBuilder stream = new(random.Next(4) == 0 ? "\uFEFF" : "");
            for (int events = random.Next(1, 6); events > 0; events--)
            {
                for (int lines = random.Next(5); lines > 0; lines--) stream.Append(blocks[random.Next(blocks.Length)]).Append(ends[random.Next(3)]);
                stream.Append("data: z").Append(ends[random.Next(3)]).Append(ends[random.Next(3)]);
            }
            byte[] bytes = Encoding.UTF8.GetBytes(stream.ToString());
            Assert.True(Ours(bytes) == Parsed(bytes), $"seed {seed}: {JsonSerializer.Serialize(stream.ToString())}\nours {Ours(bytes)}\ntheirs {Parsed(bytes)}");
        }
    }

    static IEnumerable<string> Expected(Dictionary<string, string> differences) =>
        EventStreamRows.All.Select(row => $"{row.Rule}: {differences.GetValueOrDefault(row.Rule, row.Events)}");

    static async Task<IEnumerable<string>> ReadAsync(string reader)
    {
        await using Child child = Child.StartScript("event-rows.mjs", reader);
        string[] streams = [.. EventStreamRows.All.Select(row => Convert.ToBase64String(Encoding.UTF8.GetBytes(row.Stream)))];
        await child.WriteLineAsync(JsonSerializer.Serialize(new { streams, names = EventStreamRows.Names }));
        string[] outcomes = JsonSerializer.Deserialize<string[]>(await child.LineAsync("["))!;
        Assert.Equal("", (await child.EndAsync()).Errors);
        return EventStreamRows.All.Zip(outcomes, (row, outcome) => $"{row.Rule}: {outcome}");
    }

    static string Parsed(byte[] stream)
    {
        SseParser<string> parser = SseParser.Create(new MemoryStream(stream));
        List<string> seen = [];
        foreach (SseItem<string> item in parser.Enumerate()) seen.Add($"{item.EventType}({parser.LastEventId}):{item.Data}");
        return string.Join(" / ", seen);
    }

    static string Ours(ReadOnlySpan<byte> stream)
    {
        EventReader reader = new();
        List<string> seen = [];
        while (reader.Read(stream, out int consumed) == ReadStatus.Done)
        {
            seen.Add($"{reader.Name}({reader.LastId}):{reader.DataText}");
            stream = stream[consumed..];
        }
        return string.Join(" / ", seen);
    }
}
