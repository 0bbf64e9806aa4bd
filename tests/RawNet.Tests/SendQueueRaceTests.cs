using System.Buffers.Binary;
using System.Net;
using Testing;

namespace RawNet.Tests;

/// <summary>Many threads on one queue: what a table of single calls cannot show.</summary>
[Collection(nameof(CountsSharedBytes))]
public sealed class SendQueueRaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Concurrent_writers_keep_their_order_and_lose_nothing(bool withCorks)
    {
        const int Writers = 8, Each = 3000;
        long outstanding = SharedBytes.Outstanding;
        using Heartbeat heartbeat = new(TimeProvider.System);
        using LateChannel channel = new();
        using SendQueue queue = new(channel, heartbeat, new SendQueueOptions { MaxBytes = 200_000 });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                SharedBytes message = Message(writer, i, length: i % 50 == 0 ? 6000 : 12 + (i % 90));
                bool corks = withCorks && writer == 0;
                if (corks) queue.Cork();
                while (!queue.TryWrite(message))
                {
                    if (corks) queue.Uncork(); // whoever waits for room with the cork in waits for himself
                    await RoomAsync(queue);
                    if (corks) queue.Cork();
                }
                if (corks) queue.Uncork();
                else if (i % 3 == 0) queue.Flush();
                message.Release();
            }
        })));
        queue.Flush();
        Assert.True(await queue.WaitForEmptyAsync());
        Assert.Equal(1, channel.MostAtATime);
        AssertAllInOrder(channel.Taken, Writers, Each);
        SpinWait.SpinUntil(() => SharedBytes.Outstanding == outstanding, TimeSpan.FromSeconds(10));
        Assert.Equal(outstanding, SharedBytes.Outstanding);
    }

    [Fact]
    public async Task An_end_at_any_moment_frees_each_block_once_and_none_that_is_being_sent()
    {
        long outstanding = SharedBytes.Outstanding;
        using Heartbeat heartbeat = new(new ManualTime());
        for (int round = 0; round < 20_000; round++)
        {
            using LateChannel channel = new() { CompletesAtOnceEvery = 2 };
            SendQueue queue = new(channel, heartbeat, SendQueueOptions.Default);
            using Barrier start = new(3);
            Task one = Writer(), two = Writer();
            start.SignalAndWait();
            if (round % 2 == 0) queue.Dispose();
            else ((IDeadlineOwner)queue).OnDue(0);
            await Task.WhenAll(one, two);
            queue.Dispose();
            await channel.WhenIdleAsync();
            Assert.False(channel.ReadFreedBytes);

            Task Writer() => Task.Run(() =>
            {
                start.SignalAndWait();
                for (int i = 0; i < 4; i++)
                {
                    SharedBytes large = SharedBytes.Rent(5000);
                    large.Span.Fill((byte)i);
                    queue.TryWrite(large);
                    large.Release();
                    queue.Flush();
                }
            });
        }
        // The last send's thread lets go just after the channel saw it end.
        SpinWait.SpinUntil(() => SharedBytes.Outstanding == outstanding, TimeSpan.FromSeconds(10));
        Assert.Equal(outstanding, SharedBytes.Outstanding);
    }

    static SharedBytes Message(int writer, int number, int length)
    {
        SharedBytes bytes = SharedBytes.Rent(length);
        bytes.Span.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.Span, length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.Span[4..], writer);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.Span[8..], number);
        return bytes;
    }

    static async Task RoomAsync(SendQueue queue)
    {
        TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!queue.NotifyWhenRoom(room.SetResult)) return;
        queue.Flush();
        // Another writer may have taken the one place for a call: look again soon rather than wait for it.
        await Task.WhenAny(room.Task, Task.Run(Thread.Yield));
    }

    static void AssertAllInOrder(ReadOnlySpan<byte> stream, int writers, int each)
    {
        int[] next = new int[writers];
        while (!stream.IsEmpty)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(stream);
            int writer = BinaryPrimitives.ReadInt32LittleEndian(stream[4..]);
            Assert.Equal(next[writer]++, BinaryPrimitives.ReadInt32LittleEndian(stream[8..]));
            stream = stream[length..];
        }
        Assert.All(next, count => Assert.Equal(each, count));
    }
}

/// <summary>A channel that takes bytes later, on another thread, in random parts, and looks at them only then.</summary>
sealed class LateChannel : ByteChannel
{
    readonly MemoryStream taken = new();
    readonly Random random = new(7);
    int underWay, calls;

    public int CompletesAtOnceEvery { get; init; } = 3;
    public int MostAtATime { get; private set; }
    public bool ReadFreedBytes { get; private set; }
    public ReadOnlySpan<byte> Taken => taken.ToArray();
    public override EndPoint? RemoteEndPoint => null;
    public override bool IsSecure => false;

    public override ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        MostAtATime = Math.Max(MostAtATime, Interlocked.Increment(ref underWay));
        int count = 1 + random.Next(bytes.Length);
        if (++calls % CompletesAtOnceEvery != 0) return LaterAsync(bytes[..count]);
        return new(Take(bytes[..count]));
    }

    public async Task WhenIdleAsync()
    {
        while (Volatile.Read(ref underWay) != 0) await Task.Yield();
    }

    public override ValueTask<int> ReceiveAsync(Memory<byte> into) => throw new NotSupportedException();
    public override ValueTask EndSendingAsync() => default;
    public override void Abort() { }
    protected override void Dispose(bool disposing) { }

    async ValueTask<int> LaterAsync(ReadOnlyMemory<byte> bytes)
    {
        byte[] before = bytes.ToArray();
        await Task.Yield();
        if (!bytes.Span.SequenceEqual(before)) ReadFreedBytes = true;
        return Take(bytes);
    }

    int Take(ReadOnlyMemory<byte> bytes)
    {
        taken.Write(bytes.Span);
        Interlocked.Decrement(ref underWay);
        return bytes.Length;
    }
}
