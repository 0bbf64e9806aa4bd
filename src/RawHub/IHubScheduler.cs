namespace RawHub;

/// <summary>A channel with messages to dispatch. <see cref="IThreadPoolWorkItem.Execute"/> hands out one batch.</summary>
/// <remarks>It is the thread pool's own interface so that queueing it there allocates nothing; never run twice at once.</remarks>
public interface IHubWork : IThreadPoolWorkItem;

/// <summary>Runs the hub's dispatching.</summary>
public interface IHubScheduler
{
    /// <summary>Runs <paramref name="work"/> once, soon. Called without any lock held; may run it before it returns.</summary>
    void Schedule(IHubWork work);
}
