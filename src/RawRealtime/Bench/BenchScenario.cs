using System.Net;

namespace RawRealtime.Bench;

/// <summary>What a run does between its opening and its end. All but the opening is called under the gate.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="ledger">What it counts.</param>
internal abstract class BenchScenario(BenchOptions options, BenchLedger ledger) : IDisposable
{
    /// <summary>Room of a connection that only stays.</summary>
    protected const int IdleInboxBytes = 2 << 10;

    const int OpenedAtOnce = 128;

    readonly List<BenchConnection> connections = [];

    /// <summary>What one operation is called, such as "request".</summary>
    public abstract string Operation { get; }

    /// <summary>Connections that are open.</summary>
    public int Open => connections.Count(connection => connection.IsOpen);

    /// <summary>Whether nothing is under way any more.</summary>
    public abstract bool IsDrained { get; }

    /// <summary>What was asked for.</summary>
    protected BenchOptions Options => options;

    /// <summary>What it counts.</summary>
    protected BenchLedger Ledger => ledger;

    /// <summary>The bytes that each of so many connections has room for: much when they are few.</summary>
    protected int InboxBytes => Math.Clamp((128 << 20) / Math.Max(1, options.Connections), 4 << 10, 256 << 10);

    /// <summary>Opens all connections; those that cannot be are in the ledger.</summary>
    /// <param name="first">Only so many of them; again, with more, for the others.</param>
    /// <param name="cancellation">Gives up.</param>
    public abstract Task OpenAsync(int first, CancellationToken cancellation);

    /// <summary>Begins.</summary>
    /// <param name="schedule">At a rate; null for flat out.</param>
    public abstract void Start(Schedule? schedule);

    /// <summary>One more operation is due.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="now">The time.</param>
    public abstract void Release(long number, long now);

    /// <summary>Begins nothing more.</summary>
    public abstract void Stop();

    /// <summary>Counts what never came.</summary>
    public abstract void JudgeEnd();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        lock (ledger.Gate)
        {
            foreach (BenchConnection connection in connections) connection.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens more.</summary>
    /// <param name="more">Which.</param>
    /// <param name="url">Where to.</param>
    /// <param name="cancellation">Gives up.</param>
    protected async Task OpenAsync(IReadOnlyCollection<BenchConnection> more, Uri url, CancellationToken cancellation)
    {
        EndPoint server = EndPointOf(url);
        int index = connections.Count;
        connections.AddRange(more);
        ParallelOptions atOnce = new() { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(more, atOnce, async (connection, token) =>
        {
            int own = Interlocked.Increment(ref index);
            await connection.OpenAsync(server, SourceOf(own), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Where a connection comes from.</summary>
    /// <param name="index">Its number.</param>
    protected IPAddress? SourceOf(int index) => options.Sources.Count == 0 ? null : options.Sources[index % options.Sources.Count];

    /// <summary>Where a URL leads.</summary>
    public static EndPoint EndPointOf(Uri url) =>
        IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out IPAddress? address) ? new IPEndPoint(address, url.Port) : new DnsEndPoint(url.IdnHost, url.Port);
}
