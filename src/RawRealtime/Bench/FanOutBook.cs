namespace RawRealtime.Bench;

/// <summary>What was published and what was delivered in a fan-out. Used under the gate.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="format">The messages.</param>
/// <param name="subscribers">How many there are.</param>
/// <param name="window">Flat out: most messages that are published and not delivered to all; at a rate it bounds nothing.</param>
internal sealed class FanOutBook(BenchLedger ledger, NumberedMessage format, int subscribers, int window)
{
    // A subscriber that is further behind than this still has its messages judged, but has no latency any more.
    const int Remembered = 1 << 16;

    readonly long[] intendedAt = new long[Remembered];

    /// <summary>The messages.</summary>
    public NumberedMessage Format => format;

    /// <summary>Messages that were published.</summary>
    public long Published { get; private set; }

    /// <summary>Deliveries that were made or missed, of all subscribers.</summary>
    public long Settled { get; private set; }

    /// <summary>Whether every message reached everyone, or is known to be lost.</summary>
    public bool IsSettled => Settled >= Published * subscribers;

    /// <summary>How many messages may be published now without more than the window being under way. Half a window at a time, or servers could not batch.</summary>
    public int Room => (int)Math.Max(0, window - (Published - Settled / subscribers)) is int room && room >= (window + 1) / 2 ? room : 0;

    /// <summary>Called when there may be room again.</summary>
    public Action<long>? WhenRoom { get; set; }

    /// <summary>Takes what a publisher may send now, in one piece; it then tells of each with <see cref="Publish"/>.</summary>
    /// <param name="slots">The publisher's messages, ready to be sent.</param>
    /// <param name="clock">The publisher's, which begins them.</param>
    /// <param name="now">When.</param>
    /// <param name="bytes">What to send.</param>
    /// <param name="count">How many messages that is.</param>
    /// <returns>False when it is none.</returns>
    public bool TryTake(MessageSlots slots, LaneClock clock, long now, out ReadOnlyMemory<byte> bytes, out int count)
    {
        (bytes, count) = (default, 0);
        int ready = clock.IsFlatOut ? Math.Min(clock.Ready, Room) : clock.Ready;
        if (ready <= 0) return false;
        bytes = slots.Take(clock.Begun, ready);
        count = slots.CountOf(bytes);
        clock.Begin(count, now);
        return true;
    }

    /// <summary>The next message leaves.</summary>
    /// <param name="intended">When it was meant to.</param>
    public void Publish(long intended) => intendedAt[Published++ % Remembered] = intended;

    /// <summary>A message reached a subscriber.</summary>
    /// <param name="judge">The subscriber's.</param>
    /// <param name="number">The message's number.</param>
    /// <param name="now">When.</param>
    public void Deliver(ref SequenceJudge judge, long number, long now)
    {
        if (number >= Published)
        {
            ledger.Wrong(BenchFailure.WrongContent, $"Message {number} came and was not published.");
            return;
        }
        long missed = judge.Take(number);
        if (missed < 0)
        {
            ledger.Wrong(BenchFailure.RepeatedOrLate, $"Message {number} came behind message {judge.Next - 1}.");
            return;
        }
        if (missed > 0) ledger.Wrong(BenchFailure.Lost, $"Message {number} came where {number - missed} had to.", missed);
        Settled += missed + 1;
        if (Published - number <= Remembered) ledger.Done(intendedAt[number % Remembered], now);
    }

    /// <summary>A message came that is none of ours, or was changed.</summary>
    public void WrongContent() => ledger.Wrong(BenchFailure.WrongContent, "A message came that is not one of those published, or was changed.");
}
