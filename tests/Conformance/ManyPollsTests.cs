using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;

namespace Conformance;

/// <summary>Held polls by the thousand at the exe: each is answered once, and the one whose client leaves is forgotten at once.</summary>
public sealed class ManyPollsTests : IAsyncDisposable
{
    const int Crowd = 10_000, AddressesOfCrowd = 5, Rounds = 41;

    readonly List<HeldPollClient> clients = [];

    [SkippableFact]
    public async Task Ten_thousand_held_polls_get_one_message_once_each()
    {
        await using Exe exe = await StartAsync();
        string before = await PublishAsync(exe, "before");
        int threads = ThreadsOf(exe);
        await HoldAsync(exe, Crowd, before);
        Assert.InRange(ThreadsOf(exe), 1, threads + 50); // the pool may grow a little, but not with the polls

        using HttpResponseMessage published = await exe.Client.PostAsync(Address(exe, "/publish?channel=crowd"), new StringContent("for all"));
        JsonElement answer = await published.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(Crowd, answer.GetProperty("subscribers").GetInt32());

        string id = answer.GetProperty("id").GetString()!;
        await Task.WhenAll(clients.Select(client => ReceivesOnceAsync(client, id))).Within("each poll's answer");
        await UntilPollsAsync(exe, 0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_server_notices_within_100_ms_that_the_client_of_a_held_poll_left(bool byReset)
    {
        const int Others = 1000;
        await using Exe exe = await StartAsync();
        string before = await PublishAsync(exe, "before");
        await HoldAsync(exe, Others, before);

        List<TimeSpan> taken = [];
        for (int i = 0; i < Rounds; i++)
        {
            await HoldAsync(exe, 1, before);
            await UntilPollsAsync(exe, Others + 1);
            long left = Stopwatch.GetTimestamp();
            if (byReset) clients[^1].Reset();
            else clients[^1].Close();
            await UntilPollsAsync(exe, Others);
            taken.Add(Stopwatch.GetElapsedTime(left));
        }

        // A single round says nothing on a machine with other work; the one in the middle does. The asking itself is in the figure.
        taken.Sort();
        Assert.InRange(taken[Rounds / 2].TotalMilliseconds, 0, 100);
    }

    public ValueTask DisposeAsync()
    {
        foreach (HeldPollClient client in clients) client.Dispose();
        return ValueTask.CompletedTask;
    }

    static async Task<Exe> StartAsync()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "further loopback addresses, and threads as /proc tells them, are Linux's");
        int room = RawNet.DescriptorLimit.ConnectionsFor(RawNet.DescriptorLimit.InForce());
        Skip.If(room < Crowd, $"the descriptor limit has room for {room} connections, not for {Crowd}");
        return await Exe.StartAsync();
    }

    async Task HoldAsync(Exe exe, int count, string cursor)
    {
        int port = new Uri(exe.Http).Port, held = clients.Count;
        foreach (int[] some in Enumerable.Range(held, count).Chunk(100))
        {
            HeldPollClient[] connected = await Task.WhenAll(some.Select(i => HeldPollClient.ConnectAsync(IPAddress.Parse($"127.0.0.{2 + i % AddressesOfCrowd}"), port))).Within("connections to be taken");
            clients.AddRange(connected);
            foreach (HeldPollClient client in connected) await client.SendAsync($"/poll?channel=crowd&wait=120&cursor={cursor}").Within("a request to be sent");
        }
        if (count > 1) await UntilPollsAsync(exe, count);
    }

    // What is answered behind the poll is what was asked behind it: so the poll had one answer.
    static async Task ReceivesOnceAsync(HeldPollClient client, string id)
    {
        (string head, string content) = await client.ReceiveAsync();
        Assert.StartsWith("HTTP/1.1 200 ", head, StringComparison.Ordinal);
        JsonElement batch = JsonElement.Parse(content);
        JsonElement message = Assert.Single(batch.GetProperty("messages").EnumerateArray());
        Assert.Equal((id, "for all", id), (message.GetProperty("id").GetString(), message.GetProperty("data").GetString(), batch.GetProperty("cursor").GetString()));
        await client.SendAsync("/healthz");
        Assert.Equal("ok\n", (await client.ReceiveAsync()).Content);
    }

    static Task UntilPollsAsync(Exe exe, int count) => Bounded.Until(
        async () => (await exe.Client.GetFromJsonAsync<JsonElement>(Address(exe, "/channels/crowd"))).GetProperty("subscribers").GetProperty("poll").GetInt32() == count,
        $"{count} polls are held");

    static async Task<string> PublishAsync(Exe exe, string text)
    {
        using HttpResponseMessage answer = await exe.Client.PostAsync(Address(exe, "/publish?channel=crowd"), new StringContent(text));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    static int ThreadsOf(Exe exe)
    {
        const string Name = "Threads:";
        string line = File.ReadLines($"/proc/{exe.Process.Id}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return int.Parse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture);
    }

    static Uri Address(Exe exe, string path) => new(exe.Http + path);
}
