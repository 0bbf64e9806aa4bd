using System.Collections.Concurrent;
using System.Text;
using RawNet;

namespace RawHub;

/// <summary>All channels: made by their first use, ended by <see cref="Delete"/> or when long idle and empty.</summary>
/// <remarks>
/// Any thread. It never waits and reads no clock: time is what <see cref="Tick"/> was told. Loss is never silent: a
/// subscription gets each message of a channel once and in order, or is told at that place that some are missing.
/// </remarks>
public sealed class Hub
{
    const int MaxPooledMessages = 4096;
    const long ScanEveryMs = 1000;

    readonly ConcurrentDictionary<string, Channel> channels = new(StringComparer.Ordinal);
    readonly MessagePool pool = new(MaxPooledMessages);
    long nowMs;
    long nextScanMs = long.MinValue;

    /// <summary>Makes an empty hub.</summary>
    /// <param name="options">Bounds and callbacks.</param>
    /// <param name="scheduler">Runs the dispatching.</param>
    public Hub(HubOptions options, IHubScheduler scheduler)
    {
        (Options, Scheduler) = (options, scheduler);
        Epoch = options.DrawHubEpoch();
        Timeline = new() { Store = options.Store };
        Patterns = new(this);
        Total = new(this);
    }

    /// <summary>Answers to publishers that gave an idempotency key.</summary>
    public IdempotencyKeys Keys { get; } = new();

    /// <summary>What happened so far.</summary>
    public HubCounters Counters { get; } = new();

    /// <summary>Bytes of data kept by all channels together.</summary>
    public long KeptBytes => Total.Bytes;

    /// <summary>The life of the hub that the positions of patterns count in.</summary>
    public Epoch Epoch { get; internal set; }

    internal HubOptions Options { get; }

    internal IHubScheduler Scheduler { get; }

    internal Timeline Timeline { get; }

    internal Patterns Patterns { get; }

    internal TotalBytes Total { get; }

    internal Departed Departed { get; } = new();

    internal long NowMs => Volatile.Read(ref nowMs);

    internal int MessagesInUse => pool.Outstanding;

    internal IEnumerable<Channel> Channels => channels.Values;

    /// <summary>Publishes one message and has it delivered soon.</summary>
    /// <param name="what">Where it goes, and what is known of it.</param>
    /// <param name="data">The data; copied.</param>
    /// <exception cref="ArgumentException">The event name breaks <see cref="EventName.IsValid"/>.</exception>
    public PublishResult Publish(in Publication what, ReadOnlySpan<byte> data)
    {
        if (what.Event is not null && !EventName.IsValid(what.Event)) throw new ArgumentException("Not an event name.", nameof(what));
        PublishedMessage message = Message(what, data);
        while (Find(what.Channel) is { } channel)
        {
            if (!channel.TryAppend(message, what, out PublishResult result))
            {
                Forget(channel);
                continue;
            }
            if (result.IsRefused) message.Release();
            else Count(data.Length);
            return result;
        }
        message.Release();
        return PublishResult.Refused(PublishRefusal.HubFull);
    }

    /// <summary>Makes a message with a copy of the data.</summary>
    internal PublishedMessage Message(in Publication what, ReadOnlySpan<byte> data, long ageMs = 0)
    {
        SharedBytes payload = SharedBytes.Rent(data.Length);
        data.CopyTo(payload.Span);
        PublishedMessage message = pool.Rent();
        message.Fill(payload, what, NowMs - ageMs);
        return message;
    }

    void Count(int bytes)
    {
        Counters.CountPublished();
        Total.Add(bytes);
    }

    /// <summary>Whether the store has this record, or none was needed (0).</summary>
    public bool IsCommitted(long commit) => Timeline.IsCommitted(commit);

    /// <summary>Calls <paramref name="once"/> when the store has <paramref name="commit"/>, or never will: <see cref="IsCommitted"/> says which.</summary>
    /// <param name="commit">From <see cref="PublishResult.Commit"/> or <see cref="Delete"/>.</param>
    /// <param name="once">Must neither wait nor throw. Runs at once, on this thread, when it is decided already.</param>
    public void WhenDecided(long commit, Action once) => Timeline.WhenDecided(commit, once);

    /// <summary>The store has every record up to this one: their messages may be delivered. Called by the store's one thread.</summary>
    /// <param name="record">The number that <see cref="IHubStore.Append"/> gave.</param>
    /// <param name="mark">Where in the store they are.</param>
    public void Commit(long record, long mark) => Timeline.Commit(record, mark);

    /// <summary>Whether the store takes nothing any more, so that nothing can be published.</summary>
    public bool HasStoreFailed => Timeline.HasFailed;

    /// <summary>The store takes nothing any more: from now on nothing is published.</summary>
    public void FailStore() => Timeline.Fail();

    /// <summary>Subscribes to channels. Nothing is delivered before <see cref="Subscription.Start"/>.</summary>
    /// <param name="names">1 to <see cref="Cursor.MaxPositions"/> different channels or patterns.</param>
    /// <param name="cursor">Null for only new messages, <see cref="Cursor.Earliest"/>, or what a client gave as a cursor, of whatever form.</param>
    /// <param name="subscriber">Gets what is delivered.</param>
    /// <param name="info">Who it is.</param>
    /// <param name="filter">Which messages it wants; null for all.</param>
    /// <returns>Null when the hub has <see cref="HubOptions.MaxChannels"/> and would need more.</returns>
    /// <exception cref="ArgumentException">No channel, too many, or one twice.</exception>
    public Subscription? Subscribe(ReadOnlySpan<ChannelPattern> names, string? cursor, ISubscriber subscriber, SubscriberInfo info, EventFilter? filter = null)
    {
        if (names.Length is 0 or > Cursor.MaxPositions) throw new ArgumentException("1 to 64 channels.", nameof(names));
        for (int i = 1; i < names.Length; i++)
        {
            if (names[..i].Contains(names[i])) throw new ArgumentException($"The channel {names[i]} twice.", nameof(names));
        }
        Subscription subscription = new(this, subscriber, info, filter);
        return subscription.TryTakeSeats(names, cursor) ? subscription : null;
    }

    /// <summary>Ends a channel: its history goes, its subscriptions are told. False when there is none of this name.</summary>
    /// <param name="name">The channel.</param>
    /// <param name="commit">
    /// What to wait for before it is acknowledged, see <see cref="WhenDecided"/>. When the store refuses the record this is never committed,
    /// and the channel stays.
    /// </param>
    public bool Delete(ChannelName name, out long commit)
    {
        commit = 0;
        if (!channels.TryGetValue(name.Text, out Channel? channel) || !channel.Delete(out commit)) return false;
        if (commit != Timeline.Refused) Forget(channel); // only now: its next life begins behind its end, in the store too
        return true;
    }

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

    /// <summary>Who is subscribed to a channel, by its name or by a pattern; null when there is none of this name.</summary>
    public IReadOnlyList<PresentSubscriber>? Subscribers(ChannelName name) =>
        channels.TryGetValue(name.Text, out Channel? channel) ? channel.Subscribers() : null;

    /// <summary>Whether anybody is subscribed to a channel, by its name or by a pattern.</summary>
    public bool HasSubscribers(ChannelName name) => channels.TryGetValue(name.Text, out Channel? channel) ? channel.HasSubscribers() : Timeline.Mean(name);

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
        Patterns.EndUnused();
    }

    internal Seat? Attach(Subscription subscription, ChannelPattern name, StartRequest asked, out LossReason lost)
    {
        if (name.IsWildcard) return Patterns.Attach(subscription, name, asked, out lost);
        while (Find(name.Name) is { } channel)
        {
            Seat seat = new(subscription, channel.Feed);
            if (channel.TryAttach(seat, asked, out lost)) return seat;
            Forget(channel);
        }
        lost = LossReason.None;
        return null;
    }

    /// <summary>A message left its channel's history. Under the channel's lock.</summary>
    internal void OnGone(PublishedMessage message)
    {
        Total.Subtract(message.Payload.Length);
        if (message.Mark != 0) Options.Store?.Forget(message.Mark);
    }

    internal void Forget(Channel ended) => channels.TryRemove(new(ended.Name.Text, ended));

    /// <summary>Puts a restored channel in the place of another life of it.</summary>
    internal void Put(Channel channel) => channels[channel.Name.Text] = channel;

    /// <summary>The channel as it is, or null.</summary>
    internal Channel? Present(ChannelName name) => channels.GetValueOrDefault(name.Text);

    // A channel found here may end before it is used; who uses it then forgets it and makes its next life.
    Channel? Find(ChannelName name)
    {
        if (channels.TryGetValue(name.Text, out Channel? channel)) return channel;
        if (channels.Count >= Options.MaxChannels) return null;
        return channels.GetOrAdd(name.Text, static (_, made) => new(made.Hub, made.Name, made.Hub.Options.DrawEpoch()), (Hub: this, Name: name));
    }
}
