using System.Text;
using RawNet;

namespace RawHub.Tests;

/// <summary>A hub whose dispatching runs on the caller's thread, and whose epochs are e0000001, e0000002 …</summary>
sealed class HubFixture : IHubScheduler
{
    readonly Queue<IHubWork> waiting = [];
    int epochs, hubEpochs;
    bool isRunning;

    internal HubFixture(int messages = 1000, long bytes = 16 << 20, long ageMs = 3_600_000, int channels = 1000, long total = 1 << 30,
        SlowPolicy slow = default, IHubStore? store = null, params ChannelSlowPolicy[] slowChannels) =>
        Hub = new(new()
        {
            HistoryMessages = messages,
            HistoryBytes = bytes,
            HistoryTotalBytes = total,
            HistoryAgeMs = ageMs,
            MaxChannels = channels,
            Slow = slow == default ? new(SlowKind.DropOldest) : slow,
            SlowChannels = slowChannels,
            Store = store,
            DrawHubEpoch = () => EpochNumber(Interlocked.Increment(ref hubEpochs) * 1_000_000),
            OnPresence = (channel, info, isThere) => Presence.Add($"{(isThere ? '+' : '-')}{channel}"),
            DrawEpoch = () => EpochNumber(Interlocked.Increment(ref epochs)),
            OnFailed = (_, failure) => Failures.Add(failure),
        }, this);

    internal Hub Hub { get; }

    internal List<Exception> Failures { get; } = [];

    internal List<string> Presence { get; } = [];

    /// <summary>While true, work waits until <see cref="RunAll"/>.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>Draws epochs that nobody gets.</summary>
    internal void Draw(int count) => Interlocked.Add(ref epochs, count);

    internal static Epoch EpochNumber(int number)
    {
        Assert.True(Epoch.TryParse($"e{number:0000000}", out Epoch epoch));
        return epoch;
    }

    public void Schedule(IHubWork work)
    {
        waiting.Enqueue(work);
        if (!IsHeld) RunAll();
    }

    internal void RunAll()
    {
        if (isRunning) return;
        isRunning = true;
        while (waiting.TryDequeue(out IHubWork? work)) work.Execute();
        isRunning = false;
    }

    internal PublishResult Publish(string channel, string data, string? eventName = null, long ttlMs = 0, string? key = null) =>
        Hub.Publish(new(ChannelName.Parse(channel), IsText: true, eventName, 0, ttlMs, key), Encoding.UTF8.GetBytes(data));

    internal bool Delete(string channel) => Hub.Delete(ChannelName.Parse(channel), out _);

    internal static ChannelPattern Pattern(string text) => ChannelPattern.TryParse(text, out ChannelPattern pattern) ? pattern : throw new FormatException(text);

    internal Recorder Subscribe(string channels, string? cursor = null, bool starts = true, int room = int.MaxValue, params string[] events)
    {
        Recorder recorder = new() { Room = room };
        EventFilter? filter = events.Length == 0 ? null : new(events);
        recorder.Subscription = Hub.Subscribe([.. channels.Split(' ').Select(Pattern)], cursor, recorder, new(TransportKind.WebSocket), filter)!;
        if (starts) recorder.Subscription.Start();
        return recorder;
    }
}

/// <summary>Writes down what it is told, one word per call, and refuses when its room is used up.</summary>
sealed class Recorder : ISubscriber
{
    internal Subscription Subscription { get; set; } = null!;
    internal List<string> Log { get; } = [];
    internal int Room { get; set; }
    internal Func<PublishedMessage, bool>? Before { get; set; }
    internal Action? AtEndOfBatch { get; set; }
    internal Action? AtLoss { get; set; }
    internal string Text => string.Join(' ', Log);

    public bool TryDeliver(Subscription subscription, PublishedMessage message)
    {
        if (Before is not null && !Before(message)) return false;
        if (Room == 0) return false;
        Room--;
        Log.Add(Encoding.UTF8.GetString(message.Payload.Span));
        return true;
    }

    /// <summary>The form in which it takes several messages at once; null takes them one by one.</summary>
    internal MessageFormat? Joining { get; set; }

    /// <summary>The blocks that it took.</summary>
    internal List<SharedBytes> Joined { get; } = [];

    public MessageFormat? JoinsIn(Subscription subscription) => Joining;

    public bool TryDeliver(Subscription subscription, in JoinedMessages joined)
    {
        Assert.Equal((joined.Bytes.Span.Count((byte)';'), joined.Bytes.Length - joined.Count), (joined.Count, joined.DataBytes));
        if (Room < joined.Count) return false;
        Room -= joined.Count;
        Joined.Add(joined.Bytes);
        Log.Add($"[{Encoding.UTF8.GetString(joined.Bytes.Span)}]{joined.Last.Offset}");
        return true;
    }

    public void EndBatch(Subscription subscription)
    {
        Log.Add("|");
        AtEndOfBatch?.Invoke();
    }

    public void OnLost(Subscription subscription, ChannelPattern channel, LossReason reason)
    {
        Log.Add($"lost:{channel}:{reason}:{subscription.Cursor}");
        AtLoss?.Invoke();
    }

    public void OnTooSlow(Subscription subscription, ChannelPattern channel)
    {
        Log.Add($"slow:{channel}");
        subscription.Dispose();
    }

    public void OnChannelDeleted(Subscription subscription, ChannelPattern channel) => Log.Add($"deleted:{channel}");
}
