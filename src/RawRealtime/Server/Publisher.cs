using RawHub;

namespace RawRealtime.Server;

/// <summary>
/// Publishes for all who may: by POST and from WebSockets. It holds a publisher back while its channel has much that is not
/// dispatched yet, so that a fast publisher cannot fill memory: not reading on is what the client notices.
/// </summary>
internal sealed class Publisher(Hub hub, TimeProvider time)
{
    // Far below the history's 1,000 messages, so that a subscriber that keeps up is not outrun by one burst.
    const int MaxBacklog = 256;

    /// <summary>The hub published to.</summary>
    public Hub Hub => hub;

    /// <summary>Publishes one message.</summary>
    /// <param name="channel">Where to.</param>
    /// <param name="data">The data; copied. Text is valid UTF-8.</param>
    /// <param name="isText">Whether it is text.</param>
    /// <param name="eventName">A valid event name, or null.</param>
    /// <param name="ttlMs">How long the message may be delivered, in milliseconds; null for as long as it is kept. It goes to the hub's Publish, which has no such parameter yet, and ends here.</param>
    public PublishResult Publish(ChannelName channel, ReadOnlySpan<byte> data, bool isText, string? eventName, long? ttlMs = null)
    {
        _ = ttlMs;
        return hub.Publish(channel, data, isText, eventName, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Waits while <paramref name="published"/>'s channel is far behind its publishers; mostly it does not wait at all.</summary>
    public static ValueTask WaitWhileBehind(in PublishResult published)
    {
        if (published.IsRefused || published.Backlog <= MaxBacklog) return default;
        TaskCompletionSource dispatched = new(TaskCreationOptions.RunContinuationsAsynchronously);
        published.Channel.WhenDispatched(dispatched.SetResult);
        return new(dispatched.Task);
    }
}
