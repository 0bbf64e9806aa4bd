using System.Diagnostics.CodeAnalysis;

namespace RawNet;

/// <content>How what waits leaves: one send at a time, by whoever found none under way.</content>
public sealed partial class SendQueue
{
    void StartSending(bool evenCorked)
    {
        // Without the lock: who wrote before did so under it, and then either sees the cork gone, or Uncork sees what was written.
        if (!evenCorked && Volatile.Read(ref corks) > 0) return;
        ReadOnlyMemory<byte> first;
        lock (channel)
        {
            if (sending || ended || segments.IsEmpty) return;
            sending = true;
            TryTakeNext(out first);
        }
        SendWaiting(first);
    }

    // Only whoever set "sending" runs this, until TryTakeNext takes that back.
    void SendWaiting(ReadOnlyMemory<byte> bytes)
    {
        bool goesOn = true;
        while (goesOn)
        {
            if (!TrySend(bytes)) goesOn = NextToSend(out bytes); // it has ended: nothing is next, and what was under way is dropped
            else if (underWay.IsCompleted) goesOn = TakeResult(out bytes);
            else
            {
                WatchSend(bytes.Length);
                underWay.UnsafeOnCompleted(whenSent ??= ContinueSending);
                return;
            }
        }
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Consumed exactly once, in TakeResult; a field instead of an async method, so that a full socket allocates nothing.")]
    bool TrySend(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            underWay = channel.SendAsync(bytes).ConfigureAwait(false).GetAwaiter();
            return true;
        }
        catch (Exception broken)
        {
            Fail(broken);
            return false;
        }
    }

    void ContinueSending()
    {
        stall?.Clear();
        rate.Waited(heartbeat.NowMilliseconds - waitsSince);
        if (TakeResult(out ReadOnlyMemory<byte> next)) SendWaiting(next);
    }

    // What is taken shows when a send ends, not before: so each has the time that its own bytes take at the least rate.
    void WatchSend(int length)
    {
        waitsSince = heartbeat.NowMilliseconds;
        long atLeastRate = rate.LeftMilliseconds + length * 1000L / options.MinBytesPerSecond;
        lock (channel)
            if (!ended) stall ??= heartbeat.Register(this); // not after the end, which gave it back
        stall?.SetDue(waitsSince + Math.Min(options.StallMilliseconds, atLeastRate));
    }

    // Whatever it throws ends this connection: on the thread that continues a send, nobody else could catch it.
    bool TakeResult(out ReadOnlyMemory<byte> next)
    {
        try
        {
            int count = underWay.GetResult();
            Action? room;
            lock (channel)
            {
                room = Sent(count);
                if (room is null) return TryTakeNext(out next);
            }
            room(); // still as the one who sends, so that what is written now leaves by the same loop
        }
        catch (Exception broken)
        {
            Fail(broken);
        }
        return NextToSend(out next);
    }

    bool NextToSend(out ReadOnlyMemory<byte> bytes)
    {
        lock (channel) return TryTakeNext(out bytes);
    }

    // Under the lock. When there is nothing, whoever sends has stopped.
    bool TryTakeNext(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        // After an end the segment under way is dropped here and not before: until now the channel could read it.
        if (ended) current.Drop();
        if (ended || (current.IsEmpty && !segments.TryTake(out current)))
        {
            sending = false;
            return false;
        }
        bytes = current.Unsent[..Math.Min(current.Unsent.Length, MaxSendBytes)];
        return true;
    }

    // Under the lock. Gives whom to tell of the room, outside of it.
    Action? Sent(int count)
    {
        current.Advance(count);
        if (ended) return null;
        queued -= count;
        options.Budget?.Add(-count);
        level = Math.Max(0, level - count);
        if (queued == 0) rate = new(options.MinBytesPerSecond, options.GraceMilliseconds);
        else rate.Moved(count);
        waiter?.Reached(queued);
        if (queued > RoomBytes) return null;
        Action? room = whenRoom;
        whenRoom = null;
        return room;
    }
}
