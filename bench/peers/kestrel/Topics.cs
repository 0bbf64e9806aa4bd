using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;

namespace Peers.Kestrel;

/// <summary>A message: its number in its topic, and its data.</summary>
internal readonly record struct Message(long Number, byte[] Data);

/// <summary>One stream of messages: those kept for polls, and a queue for each subscriber.</summary>
internal sealed class Topic
{
    const int Kept = 1_000, Queued = 1_024;

    readonly Lock mutex = new();
    readonly Message[] ring = new Message[Kept];
    readonly List<Channel<Message>> subscribers = [];
    TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Last { get; private set; }

    public Channel<Message> Subscribe()
    {
        Channel<Message> queue = Channel.CreateBounded<Message>(new BoundedChannelOptions(Queued) { SingleReader = true });
        lock (mutex) subscribers.Add(queue);
        return queue;
    }

    public void Unsubscribe(Channel<Message> queue)
    {
        queue.Writer.TryComplete(); // whoever waits for room in it goes on
        lock (mutex) subscribers.Remove(queue);
    }

    /// <summary>Gives the message to all; waits for those whose queue is full, so that nothing is lost.</summary>
    public async ValueTask<(long Number, int Subscribers)> PublishAsync(byte[] data)
    {
        Message message;
        TaskCompletionSource waiting;
        List<Channel<Message>>? full = null;
        int count;
        lock (mutex)
        {
            message = new(++Last, data);
            ring[Last % Kept] = message;
            foreach (Channel<Message> queue in subscribers)
                if (!queue.Writer.TryWrite(message)) (full ??= []).Add(queue);
            count = subscribers.Count;
            (waiting, news) = (news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        waiting.SetResult();
        if (full is not null) await WaitForRoomAsync(full, message);
        return (message.Number, count);
    }

    /// <summary>What came after a message; and a task for the next one when that is nothing.</summary>
    public Task? After(long number, List<Message> found)
    {
        lock (mutex)
        {
            for (long next = Math.Max(number + 1, Last - Kept + 1); next <= Last; next++) found.Add(ring[next % Kept]);
            return found.Count > 0 ? null : news.Task;
        }
    }

    static async Task WaitForRoomAsync(List<Channel<Message>> full, Message message)
    {
        foreach (Channel<Message> queue in full)
            while (await queue.Writer.WaitToWriteAsync() && !queue.Writer.TryWrite(message)) { }
    }
}

/// <summary>All topics by name.</summary>
internal sealed class Topics
{
    readonly ConcurrentDictionary<string, Topic> byName = new();

    public Topic Of(HttpContext context) => byName.GetOrAdd(context.Request.Query["channel"].ToString(), static _ => new());

    public async Task PublishAsync(HttpContext context)
    {
        using MemoryStream data = new();
        await context.Request.Body.CopyToAsync(data);
        (long number, int subscribers) = await Of(context).PublishAsync(data.ToArray());
        context.Response.StatusCode = subscribers > 0 ? 201 : 202;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"k-{number}\",\"channel\":\"{context.Request.Query["channel"]}\",\"subscribers\":{subscribers}}}"));
    }
}
