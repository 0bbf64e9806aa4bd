using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RawRealtime.Bench;

/// <summary>What it costs to come back.</summary>
/// <param name="Nanoseconds">From the connect to the first message that was missed; the median of all tries.</param>
/// <param name="BytesSent">Bytes of the request.</param>
/// <param name="BytesReceived">Bytes up to and including that message.</param>
internal readonly record struct ReconnectCost(long Nanoseconds, int BytesSent, int BytesReceived);

/// <summary>Connects, asks for what was missed, and stops the time when it is there; one after the other.</summary>
internal static class ReconnectProbe
{
    const int InboxSize = 64 << 10;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Measures.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="request">The request that asks for it.</param>
    /// <param name="message">The message that is waited for; it stands in what comes as it is.</param>
    /// <param name="times">How many tries.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">It never came.</exception>
    public static async Task<ReconnectCost> MeasureAsync(EndPoint server, byte[] request, byte[] message, int times, CancellationToken cancellation)
    {
        List<ReconnectCost> all = [];
        byte[] inbox = new byte[InboxSize];
        for (int i = 0; i < times; i++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            all.Add(await OnceAsync(server, request, message, inbox, limit.Token).ConfigureAwait(false));
        }
        return all.OrderBy(one => one.Nanoseconds).ElementAt(all.Count / 2);
    }

    static async Task<ReconnectCost> OnceAsync(EndPoint server, byte[] request, byte[] message, byte[] inbox, CancellationToken limit)
    {
        try
        {
            long began = Stopwatch.GetTimestamp();
            using Socket socket = BenchConnection.NewSocket(server, source: null);
            await socket.ConnectAsync(server, limit).ConfigureAwait(false);
            await socket.SendAsync(request.AsMemory(), SocketFlags.None, limit).ConfigureAwait(false);
            for (int filled = 0; ;)
            {
                int count = await socket.ReceiveAsync(inbox.AsMemory(filled), SocketFlags.None, limit).ConfigureAwait(false);
                if (count == 0) throw new IOException("the server ended a connection before the message that was asked for.");
                filled += count;
                if (inbox.AsSpan(0, filled).IndexOf(message) < 0) continue;
                return new((long)Stopwatch.GetElapsedTime(began).TotalNanoseconds, request.Length, filled);
            }
        }
        catch (SocketException failure)
        {
            throw new IOException($"a reconnect failed: {failure.Message}", failure);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new IOException($"the message that was asked for had not come after {Patience.TotalSeconds} s.", late);
        }
    }
}
