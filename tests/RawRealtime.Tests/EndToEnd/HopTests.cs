namespace RawRealtime.Tests.EndToEnd;

/// <summary>A client that is cut and comes back with its cursor, on whatever transport, misses and repeats nothing.</summary>
public sealed class HopTests
{
    [Fact]
    public async Task Clients_that_hop_between_transports_with_their_cursor_miss_and_repeat_nothing()
    {
        const int Clients = 30, Messages = 3000;
        await using LiveServer server = new(historyMessages: Messages);
        string start = await server.PublishAsync("hop", "0");
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(seed => Task.Run(() => HopAsync(server, start, Messages, new Random(seed))))];
        for (int i = 1; i <= Messages; i++) await server.PublishAsync("hop", $"{i}");

        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(server.Warnings);
    }

    static async Task HopAsync(LiveServer server, string cursor, int last, Random random)
    {
        int seen = 0;
        while (seen < last)
        {
            int leaveAfter = random.Next(1, 200);
            await Stay(random.Next(3))(server, "hop", cursor, () => { }, message =>
            {
                Assert.NotEqual("", message.Cursor);
                Assert.Equal($"{++seen}", message.Data);
                cursor = message.Cursor;
                return seen < last && --leaveAfter > 0;
            });
        }
    }

    static Func<LiveServer, string, string?, Action, Subscriber.OnMessage, Task> Stay(int transport) => transport switch
    {
        0 => Subscriber.BySocketAsync,
        1 => Subscriber.ByEventsAsync,
        _ => Subscriber.ByPollsAsync,
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public async Task What_fell_out_of_the_history_while_a_client_was_away_is_told_at_its_place(int before, int after)
    {
        await using LiveServer server = new(historyMessages: 10);
        string cursor = await server.PublishAsync("gap", "0");
        await server.PublishAsync("gap", "1");
        await Stay(before)(server, "gap", cursor, () => { }, message =>
        {
            Assert.Equal("1", message.Data);
            cursor = message.Cursor;
            return false;
        });
        await server.UntilNobodySubscribesAsync("gap"); // what a subscriber that was just cut still has to come is kept for it
        for (int i = 2; i <= 21; i++) await server.PublishAsync("gap", $"{i}");

        List<string> told = [];
        await Stay(after)(server, "gap", cursor, () => { }, message =>
        {
            told.Add(message.Data);
            return message.Data != "21";
        });

        Assert.Equal(["evicted", .. Enumerable.Range(12, 10).Select(i => $"{i}")], told);
        Assert.Empty(server.Warnings);
    }
}
