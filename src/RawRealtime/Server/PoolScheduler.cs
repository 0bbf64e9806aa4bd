using RawHub;

namespace RawRealtime.Server;

/// <summary>
/// Runs the hub's dispatching on the thread pool: the publisher's connection goes on reading meanwhile, and what it
/// publishes until the dispatch begins leaves as one batch.
/// </summary>
internal sealed class PoolScheduler : IHubScheduler
{
    /// <inheritdoc/>
    public void Schedule(IHubWork work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
