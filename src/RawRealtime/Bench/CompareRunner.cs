using System.Globalization;
using RawHttp.Client;
using RawRealtime.Client;
using RawWebSocket.Handshake;

namespace RawRealtime.Bench;

/// <summary>The same messages over each transport, one after the other, on one server.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="server">Where it is.</param>
/// <param name="pids">Its processes; empty when they are not known.</param>
/// <param name="startFresh">Starts a server that has done nothing yet, to see what memory connections take; null where there is but the one.</param>
/// <param name="progress">How it is told meanwhile.</param>
internal sealed class CompareRunner(
    CompareOptions options, Uri server, IReadOnlyList<int> pids, Func<CancellationToken, Task<ServerChild>>? startFresh, BenchProgress progress)
{
    const int ProbeBytes = 125;

    /// <summary>What is compared, in the order of the tables.</summary>
    public static readonly IReadOnlyList<BenchTransport> Transports = [BenchTransport.Ws, BenchTransport.Sse, BenchTransport.Poll];

    // Messages of an earlier run may still be kept.
    readonly string channel = $"compare-{Guid.NewGuid():N}";

    /// <summary>Runs all.</summary>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">The server can't be asked, or its process can't be read.</exception>
    public async Task<CompareResult> RunAsync(CancellationToken cancellation)
    {
        await WarmUpAsync(cancellation).ConfigureAwait(false);
        List<CompareCell> cells = [];
        for (int round = 1; round <= options.Rounds; round++)
        {
            // In turns, so that whatever else the machine does meets all transports alike.
            foreach ((int size, double rate, BenchTransport transport) in from size in options.Sizes from rate in options.Rates from transport in Transports select (size, rate, transport))
            {
                progress.Name = string.Create(CultureInfo.InvariantCulture, $"round {round} of {options.Rounds}, {CompareAdvice.NameOf(transport)}, {size} bytes, {rate}/s: ");
                cells.Add(new(transport, rate, size, await FanOutAsync(transport, rate, size, cancellation).ConfigureAwait(false)));
            }
        }
        List<CompareStanding> standings = [];
        foreach (BenchTransport transport in Transports) standings.Add(await StandAsync(transport, cancellation).ConfigureAwait(false));
        return new(options, [.. cells.GroupBy(cell => (cell.Size, cell.Rate, cell.Transport)).Select(rounds => CompareCell.Median([.. rounds]))], standings);
    }

    // The first transport is not to pay for what the server compiles and allocates but once.
    async Task WarmUpAsync(CancellationToken cancellation)
    {
        progress.Name = "warming up: ";
        foreach (BenchTransport transport in Transports) await FanOutAsync(transport, options.Rates.Max(), options.Sizes.Max(), cancellation).ConfigureAwait(false);
    }

    Task<BenchResult> FanOutAsync(BenchTransport transport, double rate, int size, CancellationToken cancellation) => RunAsync(new(BenchKind.FanOut, UrlOf(server, transport, channel))
    {
        Transport = transport,
        Connections = options.Subscribers,
        PublishUrl = Publish(channel),
        Depth = (int)Math.Clamp(rate, 1, 1000),
        Rate = rate,
        Size = size,
        Duration = options.Duration,
        Warmup = options.Duration / 6,
        Pids = pids,
    }, cancellation);

    async Task<CompareStanding> StandAsync(BenchTransport transport, CancellationToken cancellation)
    {
        progress.Name = $"{CompareAdvice.NameOf(transport)}, idle: ";
        BenchResult? idle = pids.Count == 0 ? null : await IdleAsync(transport, cancellation).ConfigureAwait(false);
        progress.Name = $"{CompareAdvice.NameOf(transport)}, coming back: ";
        return new(transport, idle?.BytesPerConnection, await ReconnectAsync(transport, cancellation).ConfigureAwait(false));
    }

    // In a server that has worked, there is memory that was used before and is used again: its connections seem to cost nothing.
    async Task<BenchResult> IdleAsync(BenchTransport transport, CancellationToken cancellation)
    {
        using ServerChild? fresh = startFresh is null ? null : await startFresh(cancellation).ConfigureAwait(false);
        return await RunAsync(new(BenchKind.Idle, UrlOf(fresh?.Address ?? server, transport, channel))
        {
            Transport = transport,
            Connections = options.Idle,
            First = Math.Min(500, options.Idle / 2),
            Duration = options.Duration / 2,
            Pids = fresh is null ? pids : [fresh.Pid],
        }, cancellation).ConfigureAwait(false);
    }

    async Task<ReconnectCost> ReconnectAsync(BenchTransport transport, CancellationToken cancellation)
    {
        string own = $"{channel}-{transport}";
        byte[] message = new byte[ProbeBytes];
        new NumberedMessage(ProbeBytes).Write(message, 0);
        ServerTarget target = new(server);
        using (HttpOriginClient client = target.NewClient())
        {
            await PublishAsync(client, Publish(own).PathAndQuery, message, cancellation).ConfigureAwait(false);
        }
        byte[] key = new byte[AcceptKey.KeyBytes];
        AcceptKey.WriteNewKey(key);
        Uri url = new(UrlOf(server, transport, own) + "&cursor=earliest");
        byte[] request = transport == BenchTransport.Ws ? BenchRequests.Opening(url, [], key) : BenchRequests.Head("GET", url, []);
        return await ReconnectProbe.MeasureAsync(BenchScenario.EndPointOf(url), request, message, options.Reconnects, cancellation).ConfigureAwait(false);
    }

    Task<BenchResult> RunAsync(BenchOptions run, CancellationToken cancellation) => new BenchRunner(run, progress).RunAsync(cancellation);

    static async Task PublishAsync(HttpOriginClient client, string path, byte[] message, CancellationToken cancellation)
    {
        try
        {
            HttpClientRequest request = new() { Method = "POST", Target = path, Content = message, Fields = [new("Content-Type", "text/plain")] };
            using HttpClientResponse answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            if (answer.Status is < 200 or > 299) throw new IOException($"a publish was answered with {answer.Status}.");
        }
        catch (HttpClientException failure)
        {
            throw new IOException($"the server can't be asked: {failure.Message}", failure);
        }
    }

    Uri Publish(string to) => new(server, $"/publish?channel={to}");

    static Uri UrlOf(Uri of, BenchTransport transport, string to) => transport switch
    {
        BenchTransport.Ws => new($"ws://{of.Authority}/ws?channel={to}"),
        BenchTransport.Sse => new(of, $"/events?channel={to}"),
        _ => new(of, $"/poll?channel={to}&wait=60"),
    };
}
