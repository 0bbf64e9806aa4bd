namespace Conformance.Hops;

/// <summary>How many messages are acknowledged: the only clock of a run. Clients are away, or do not read, until so many more are. Any thread.</summary>
sealed class Progress
{
    readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    long reached;
    bool isOver;

    public long Reached => Interlocked.Read(ref reached);

    /// <summary>One more.</summary>
    public void Advance()
    {
        lock (waiting)
        {
            reached++;
            while (waiting.TryPeek(out TaskCompletionSource? first, out long at) && at <= reached) waiting.Dequeue().TrySetResult();
        }
    }

    /// <summary>No more will come: nobody waits any longer.</summary>
    public void End()
    {
        lock (waiting)
        {
            isOver = true;
            while (waiting.TryDequeue(out TaskCompletionSource? next, out _)) next.TrySetResult();
        }
    }

    /// <summary>Waits until so many more are acknowledged.</summary>
    public Task AfterAsync(int more) => AtAsync(Reached + more);

    /// <summary>Waits until so many are acknowledged in all.</summary>
    public Task AtAsync(long count)
    {
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waiting)
        {
            if (isOver || count <= reached) return Task.CompletedTask;
            waiting.Enqueue(waits, count);
        }
        return waits.Task;
    }
}
