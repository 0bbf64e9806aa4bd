using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Conformance;

/// <summary>.NET's HttpClient and its parser of event streams.</summary>
public sealed class DotNetHttpTests : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start();
    readonly CancellationToken late = Bounded.Token();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task An_event_stream_parses_as_what_was_published()
    {
        await using Stream stream = await server.Client.GetStreamAsync(Address("/events"), late);
        SseParser<string> parser = SseParser.Create(stream);
        await using IAsyncEnumerator<SseItem<string>> events = parser.EnumerateAsync(late).GetAsyncEnumerator(late);
        SseItem<string> position = await NextAsync(events);
        Assert.Equal(("position", TimeSpan.FromSeconds(2)), (position.EventType, parser.ReconnectionInterval));
        Assert.Contains($"\"from\":\"{position.EventId}\"", position.Data, StringComparison.Ordinal);

        string[] texts = ["one line", "two\nlines", "", " leading space", "\n", "id: 1\ndata: mine\n\nevent: x"];
        foreach (string text in texts)
        {
            string id = await server.PublishAsync(text);
            SseItem<string> got = await NextAsync(events);
            Assert.Equal(("message", id, text), (got.EventType, got.EventId, got.Data));
        }
    }

    [Fact]
    public async Task An_event_carries_its_name_and_several_channels_tell_which_one_spoke()
    {
        await using Stream stream = await server.Client.GetStreamAsync(Address("/events?channel=a&channel=b"), late);
        await using IAsyncEnumerator<SseItem<string>> events = SseParser.Create(stream).EnumerateAsync(late).GetAsyncEnumerator(late);
        await NextAsync(events);

        using HttpResponseMessage published = await server.Client.PostAsync(Address("/publish?channel=b&event=note"), new StringContent("text"), late);

        SseItem<string> got = await NextAsync(events);
        JsonElement message = JsonElement.Parse(got.Data);
        Assert.Equal(("note", "b", "text"), (got.EventType, message.GetProperty("channel").GetString(), message.GetProperty("data").GetString()));
    }

    [Fact]
    public async Task Polls_that_carry_the_cursor_on_receive_each_message_once_and_in_order()
    {
        const int Count = 200;
        Task publishing = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++) await server.PublishAsync($"{i}");
        });

        List<string> got = [];
        string cursor = "earliest";
        while (got.Count < Count)
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(Address($"/poll?wait=10&limit=7&cursor={cursor}"), late);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            JsonElement batch = await answer.Content.ReadFromJsonAsync<JsonElement>(late);
            got.AddRange(batch.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("data").GetString()!));
            cursor = batch.GetProperty("cursor").GetString()!;
            Assert.Equal($"\"{cursor}\"", answer.Headers.ETag!.Tag);
        }

        await publishing.Within("the publishing");
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), got);
    }

    [Fact]
    public async Task A_held_poll_is_answered_when_something_is_published()
    {
        Task<HttpResponseMessage> poll = server.Client.GetAsync(Address("/poll?wait=60"), late);
        await server.WaitForSubscribersAsync("poll", 1);
        await server.PublishAsync("at last");

        using HttpResponseMessage answer = await poll;
        Assert.Contains("at last", await answer.Content.ReadAsStringAsync(late), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_hold_that_is_over_is_answered_with_204_and_the_cursor()
    {
        string id = await server.PublishAsync("kept");
        using HttpResponseMessage answer = await server.Client.GetAsync(Address($"/poll?wait=1&cursor={id}"), late);

        Assert.Equal((HttpStatusCode.NoContent, $"\"{id}\""), (answer.StatusCode, answer.Headers.ETag!.Tag));
    }

    [Fact]
    public async Task A_newer_poll_of_the_same_client_ends_the_older_with_409_and_a_deleted_channel_ends_it_with_410()
    {
        Task<HttpResponseMessage> older = server.Client.GetAsync(Address("/poll?wait=60&client=me&channel=c"), late);
        await server.WaitForSubscribersAsync("poll", 1, "c");
        Task<HttpResponseMessage> newer = server.Client.GetAsync(Address("/poll?wait=60&client=me&channel=c"), late);

        using HttpResponseMessage taken = await older;
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        await server.WaitForSubscribersAsync("poll", 1, "c");
        using HttpResponseMessage deleted = await server.Client.DeleteAsync(Address("/channels/c"), late);
        using HttpResponseMessage gone = await newer;
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Gone), (deleted.StatusCode, gone.StatusCode));
    }

    [Fact]
    public async Task A_refusal_is_a_problem_with_a_code()
    {
        using HttpResponseMessage answer = await server.Client.GetAsync(Address("/poll?channel="), late);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(late);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("bad-channel", 400), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task The_same_idempotency_key_publishes_once()
    {
        string[] ids = [await PublishWithKeyAsync("again"), await PublishWithKeyAsync("again")];

        Assert.Equal(ids[0], ids[1]);
        string kept = await server.Client.GetStringAsync(Address("/poll?cursor=earliest"), late);
        Assert.Single(JsonElement.Parse(kept).GetProperty("messages").EnumerateArray());
    }

    async Task<string> PublishWithKeyAsync(string text)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Address("/publish")) { Content = new StringContent(text) };
        request.Headers.Add("Idempotency-Key", "key-1");
        using HttpResponseMessage answer = await server.Client.SendAsync(request, late);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(late)).GetProperty("id").GetString()!;
    }

    Uri Address(string path) => new(server.Http + path);

    static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync(), "the stream ended");
        return events.Current;
    }
}
