using System.Collections.Concurrent;
using System.Text;
using RawNet;

namespace RawHub;

/// <summary>All channels: made by their first use, ended by <see cref="Delete"/> or when long idle and empty.</summary>
/// <remarks>
/// Any thread. It never waits and reads no clock: time is what <see cref="Tick"/> was told. Loss is never silent: a
/// subscription gets each message of a channel once and in order, or is told at that place that some are missing.
/// </remarks>
/// <param name="options">Bounds and callbacks.</param>
/// <param name="scheduler">Runs the dispatching.</param>
public sealed class Hub(HubOptions options, IHubScheduler scheduler)
{
    const int MaxPooledMessages = 4096;
    const long ScanEveryMs = 1000;

    readonly ConcurrentDictionary<string, Channel> channels = new(StringComparer.Ordinal);
    readonly MessagePool pool = new(MaxPooledMessages);
    long nowMs;
    long nextScanMs = long.MinValue;

    /// <summary>Answers to publishers that gave an idempotency key.</summary>
    public IdempotencyKeys Keys { get; } = new();

    internal HubOptions Options => options;

    internal IHubScheduler Scheduler => scheduler;

    internal long NowMs => Volatile.Read(ref nowMs);

    internal int MessagesInUse => pool.Outstanding;

    /// <summary>Publishes one message and has it delivered soon.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="data">The data; copied. Text must be valid UTF-8 (the caller has checked it).</param>
    /// <param name="isText">Whether the data is text.</param>
    /// <param name="eventName">The event name, or null.</param>
    /// <param name="unixMs">The time: milliseconds since 1970, UTC.</param>
    /// <exception cref="ArgumentException"><paramref name="eventName"/> breaks <see cref="EventName.IsValid"/>.</exception>
    public PublishResult Publish(ChannelName name, ReadOnlySpan<byte> data, bool isText, string? eventName, long unixMs)
    {
        if (eventName is not null && !EventName.IsValid(eventName)) throw new ArgumentException("Not an event name.", nameof(eventName));
        SharedBytes payload = SharedBytes.Rent(data.Length);
        data.CopyTo(payload.Span);
        PublishedMessage message = pool.Rent();
        message.Fill(payload, isText, eventName, unixMs, NowMs);
        while (Find(name) is { } channel)
        {
            if (channel.TryAppend(message, out PublishResult result)) return result;
            Forget(channel);
        }
        message.Release();
        return default;
    }

    /// <summary>Subscribes to channels. Nothing is delivered before <see cref="Subscription.Start"/>.</summary>
    /// <param name="names">1 to <see cref="Cursor.MaxPositions"/> different channels.</param>
    /// <param name="cursor">Null for only new messages, <see cref="Cursor.Earliest"/>, or what a client gave as a cursor, of whatever form.</param>
    /// <param name="subscriber">Gets what is delivered.</param>
    /// <param name="transport">How it is reached, for counting.</param>
    /// <returns>Null when the hub has <see cref="HubOptions.MaxChannels"/> and would need more.</returns>
    /// <exception cref="ArgumentException">No channel, too many, or one twice.</exception>
    public Subscription? Subscribe(ReadOnlySpan<ChannelName> names, string? cursor, ISubscriber subscriber, TransportKind transport)
    {
        if (names.Length is 0 or > Cursor.MaxPositions) throw new ArgumentException("1 to 64 channels.", nameof(names));
        for (int i = 1; i < names.Length; i++)
        {
            if (names[..i].Contains(names[i])) throw new ArgumentException($"The channel {names[i]} twice.", nameof(names));
        }
        Subscription subscription = new(this, subscriber, transport);
        return subscription.TryTakeSeats(names, cursor) ? subscription : null;
    }

    /// <summary>Ends a channel: its history goes, its subscriptions are told. False when there is none of this name.</summary>
    public bool Delete(ChannelName name) =>
        channels.TryRemove(name.Text, out Channel? channel) && channel.Delete();

    /// <summary>Finds the name of an existing channel without making a string.</summary>
    public bool TryFindName(ReadOnlySpan<byte> utf8, out ChannelName name)
    {
        name = default;
        if (!ChannelName.IsValid(utf8)) return false;
        Span<char> text = stackalloc char[utf8.Length];
        Encoding.ASCII.GetChars(utf8, text);
        if (!channels.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out Channel? channel)) return false;
        name = channel.Name;
        return true;
    }

    /// <summary>All channels as they are now, in no order.</summary>
    public ChannelInfo[] Snapshot()
    {
        List<ChannelInfo> all = [];
        foreach ((_, Channel channel) in channels) all.Add(channel.Describe());
        return [.. all];
    }

    /// <summary>One channel as it is now; false when there is none of this name.</summary>
    public bool TryDescribe(ChannelName name, out ChannelInfo info)
    {
        bool found = channels.TryGetValue(name.Text, out Channel? channel);
        info = found ? channel!.Describe() : default;
        return found;
    }

    /// <summary>Tells the time: old messages, idle channels and old keys go. To be called about ten times a second, by one thread.</summary>
    /// <param name="monotonicMs">Milliseconds of a clock that never goes back.</param>
    public void Tick(long monotonicMs)
    {
        Volatile.Write(ref nowMs, monotonicMs);
        if (monotonicMs < nextScanMs) return;
        nextScanMs = monotonicMs + ScanEveryMs;
        Keys.Tick(monotonicMs);
        foreach (KeyValuePair<string, Channel> entry in channels)
        {
            if (entry.Value.Tick(monotonicMs)) Forget(entry.Value);
        }
    }

    internal Seat? Attach(Subscription subscription, ChannelName name, StartRequest asked, out LossReason lost)
    {
        while (Find(name) is { } channel)
        {
            Seat seat = new(subscription, channel);
            if (channel.TryAttach(seat, asked, out lost)) return seat;
            Forget(channel);
        }
        lost = LossReason.None;
        return null;
    }

    void Forget(Channel ended) => channels.TryRemove(new(ended.Name.Text, ended));

    // A channel found here may end before it is used; who uses it then forgets it and makes its next life.
    Channel? Find(ChannelName name)
    {
        if (channels.TryGetValue(name.Text, out Channel? channel)) return channel;
        if (channels.Count >= options.MaxChannels) return null;
        return channels.GetOrAdd(name.Text, static (_, made) => new(made.Hub, made.Name), (Hub: this, Name: name));
    }
}
