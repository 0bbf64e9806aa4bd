using System.Buffers.Binary;
using System.Security.Cryptography;

namespace RawWebSocket;

/// <summary>The pings whose pong somebody waits for, the oldest first. Each carries a number, counted from a random one. Any thread.</summary>
/// <param name="time">Measures the round trip.</param>
sealed class AwaitedPongs(TimeProvider time)
{
    /// <summary>Bytes of payload in a ping.</summary>
    public const int PayloadBytes = 8;

    readonly Lock gate = new();
    readonly List<Ping> awaited = [];
    ulong next = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(PayloadBytes));
    Exception? end;

    /// <summary>Begins to wait for a pong.</summary>
    /// <param name="payload">Where the ping's payload is written to.</param>
    /// <returns>The time from now until the pong.</returns>
    public Task<TimeSpan> Begin(Span<byte> payload)
    {
        lock (gate)
        {
            if (end is not null) return Task.FromException<TimeSpan>(end);
            BinaryPrimitives.WriteUInt64BigEndian(payload, ++next);
            TaskCompletionSource<TimeSpan> pong = new(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add(new(next, time.GetTimestamp(), pong));
            return pong.Task;
        }
    }

    /// <summary>A pong came. RFC 6455 §5.5.3: it answers its ping and those before, and one that nobody asked for means nothing.</summary>
    /// <param name="payload">What it carries.</param>
    public void OnPong(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != PayloadBytes) return;
        ulong number = BinaryPrimitives.ReadUInt64BigEndian(payload);
        lock (gate)
        {
            int answered = awaited.FindIndex(ping => ping.Number == number) + 1;
            for (int i = 0; i < answered; i++) awaited[i].Pong.SetResult(time.GetElapsedTime(awaited[i].SentAt));
            awaited.RemoveRange(0, answered);
        }
    }

    /// <summary>Nobody waits for this one any more.</summary>
    public void Forget(Task<TimeSpan> pong)
    {
        lock (gate) awaited.RemoveAll(ping => ping.Pong.Task == pong);
    }

    /// <summary>No pong will come any more.</summary>
    /// <param name="reason">What each one who waits, now or later, is told.</param>
    public void End(Exception reason)
    {
        lock (gate)
        {
            end = reason;
            foreach (Ping ping in awaited) ping.Pong.SetException(reason);
            awaited.Clear();
        }
    }

    readonly record struct Ping(ulong Number, long SentAt, TaskCompletionSource<TimeSpan> Pong);
}
