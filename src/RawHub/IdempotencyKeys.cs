using System.Buffers;

namespace RawHub;

/// <summary>The answer a publisher got.</summary>
/// <param name="Id">The id its message was given.</param>
/// <param name="Subscribers">How many subscriptions there were.</param>
public readonly record struct PublishAnswer(MessageId Id, int Subscribers);

/// <summary>What a publisher with an idempotency key is to do.</summary>
public enum KeyClaim : byte
{
    /// <summary>Publish, then call <see cref="IdempotencyKeys.Complete"/>, or <see cref="IdempotencyKeys.Abandon"/> when it came to nothing.</summary>
    Publish,

    /// <summary>Give the first answer again and publish nothing.</summary>
    Repeat,

    /// <summary>Wait: the first one with this key is under way. The callback comes when it is decided; claim again then.</summary>
    Wait,

    /// <summary>Refuse: too many keys are remembered.</summary>
    Full,
}

/// <summary>
/// Remembers for five minutes what was answered to a key, per channel, so that a publisher that did not see its answer
/// may ask again without publishing twice. Any thread.
/// </summary>
public sealed class IdempotencyKeys
{
    /// <summary>How long an answer is remembered, in milliseconds.</summary>
    public const long KeptMs = 300_000;

    /// <summary>Longest key, in bytes.</summary>
    public const int MaxKeyLength = 128;

    // RFC 5234 VCHAR: visible ASCII.
    static readonly SearchValues<byte> Visible = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    readonly Lock gate = new();
    readonly Dictionary<(ChannelName, string), Entry> entries = [];
    readonly Queue<((ChannelName, string) Key, long UntilMs)> answered = [];
    readonly int maxKeys;
    long nowMs;

    /// <summary>Remembers at most <paramref name="maxKeys"/> keys.</summary>
    public IdempotencyKeys(int maxKeys = 100_000) => this.maxKeys = maxKeys;

    /// <summary>How many keys are remembered or under way.</summary>
    public int Count
    {
        get { lock (gate) return entries.Count; }
    }

    /// <summary>Whether <paramref name="key"/> is a key: 1 to 128 visible ASCII characters.</summary>
    public static bool IsValid(ReadOnlySpan<byte> key) =>
        key.Length is > 0 and <= MaxKeyLength && !key.ContainsAnyExcept(Visible);

    /// <summary>Asks what to do with a message that carries <paramref name="key"/>.</summary>
    /// <param name="channel">The channel it is for; the same key on another channel is another key.</param>
    /// <param name="key">The key.</param>
    /// <param name="whenDecided">Kept only when the claim is Wait; called once, without a lock held.</param>
    /// <param name="answer">The first answer, when the claim is Repeat.</param>
    public KeyClaim Claim(ChannelName channel, string key, Action whenDecided, out PublishAnswer answer)
    {
        lock (gate)
        {
            answer = default;
            if (!entries.TryGetValue((channel, key), out Entry? entry))
            {
                if (entries.Count >= maxKeys) return KeyClaim.Full;
                entries.Add((channel, key), new());
                return KeyClaim.Publish;
            }
            if (entry.Answer is { } first)
            {
                answer = first;
                return KeyClaim.Repeat;
            }
            entry.Waiters.Add(whenDecided);
            return KeyClaim.Wait;
        }
    }

    /// <summary>The message was published and answered.</summary>
    public void Complete(ChannelName channel, string key, PublishAnswer answer)
    {
        List<Action> waiters;
        lock (gate)
        {
            Entry entry = entries[(channel, key)];
            entry.Answer = answer;
            waiters = entry.TakeWaiters();
            answered.Enqueue(((channel, key), nowMs + KeptMs));
        }
        foreach (Action waiter in waiters) waiter();
    }

    /// <summary>Remembers an answer that was given <paramref name="ageMs"/> ago, before a restart.</summary>
    internal void Restore(ChannelName channel, string key, PublishAnswer answer, long ageMs)
    {
        if (ageMs >= KeptMs) return;
        lock (gate)
        {
            if (entries.Count >= maxKeys || !entries.TryAdd((channel, key), new() { Answer = answer })) return;
            answered.Enqueue(((channel, key), nowMs + KeptMs - ageMs));
        }
    }

    /// <summary>Nothing was published (body refused, publisher gone): of those that wait, the first to claim again publishes.</summary>
    public void Abandon(ChannelName channel, string key)
    {
        List<Action> waiters;
        lock (gate)
        {
            if (!entries.Remove((channel, key), out Entry? entry)) return;
            waiters = entry.TakeWaiters();
        }
        foreach (Action waiter in waiters) waiter();
    }

    /// <summary>Forgets what is older than five minutes.</summary>
    internal void Tick(long monotonicMs)
    {
        lock (gate)
        {
            nowMs = monotonicMs;
            while (answered.TryPeek(out var oldest) && oldest.UntilMs <= nowMs) entries.Remove(answered.Dequeue().Key);
        }
    }

    sealed class Entry
    {
        internal PublishAnswer? Answer { get; set; }

        internal List<Action> Waiters { get; private set; } = [];

        internal List<Action> TakeWaiters()
        {
            List<Action> taken = Waiters;
            Waiters = [];
            return taken;
        }
    }
}
