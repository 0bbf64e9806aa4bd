using System.Globalization;
using System.Net.Http;
using System.Text;
using System.Text.Json;

namespace RawRealtime.Tests.EndToEnd;

/// <summary>docs/contract.md, Publishing in bulk, with a client that no one here wrote.</summary>
public sealed class BulkTests
{
    [Fact]
    public async Task Ten_thousand_lines_with_bad_ones_among_them_are_answered_in_order()
    {
        const int Lines = 10_000;
        await using LiveServer server = new(historyMessages: Lines);
        StringBuilder text = new();
        for (int i = 1; i <= Lines; i++) text.Append(i % 100 == 0 ? $"bad {i}\n" : $$"""{"data":"{{i}}"}""" + "\n");
        using StringContent content = new(text.ToString(), Encoding.UTF8, "application/x-ndjson");
        using HttpResponseMessage answer = await server.Http.PostAsync("/publish?channel=bulk", content);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        string[] answers = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Lines, answers.Length);
        long offset = 0;
        for (int i = 1; i <= Lines; i++)
        {
            JsonElement one = JsonDocument.Parse(answers[i - 1]).RootElement;
            Assert.Equal(i, one.GetProperty("line"u8).GetInt32());
            if (i % 100 == 0) Assert.Equal("bad-line", one.GetProperty("code"u8).GetString());
            else Assert.EndsWith($"-{++offset}", one.GetProperty("id"u8).GetString(), StringComparison.Ordinal);
        }
        List<string> heard = [];
        await Subscriber.ByPollsAsync(server, "bulk", "earliest", () => { }, message =>
        {
            heard.Add(message.Data);
            return heard.Count < offset;
        });
        Assert.Equal(Enumerable.Range(1, Lines).Where(i => i % 100 != 0).Select(i => i.ToString(CultureInfo.InvariantCulture)), heard);
        Assert.Empty(server.Warnings);
    }
}
