namespace RawHttp;

/// <summary>One of a server's connections, whatever it speaks. Any thread.</summary>
interface IOpenConnection
{
    /// <summary>The server is going away: end soon.</summary>
    void Drain();

    /// <summary>The time for that is over.</summary>
    void Abort();
}

/// <summary>The open connections of a server, and the wait for the last of them. Any thread.</summary>
sealed class OpenConnections
{
    readonly Lock gate = new();
    readonly HashSet<IOpenConnection> all = [];
    TaskCompletionSource? whenEmpty;

    internal int Count
    {
        get { lock (gate) return all.Count; }
    }

    internal void Add(IOpenConnection connection)
    {
        lock (gate) all.Add(connection);
    }

    internal void Remove(IOpenConnection connection)
    {
        lock (gate)
        {
            all.Remove(connection);
            if (all.Count == 0) whenEmpty?.TrySetResult();
        }
    }

    /// <summary>One takes the place of another; there is no moment at which neither is seen.</summary>
    internal void Replace(IOpenConnection before, IOpenConnection after)
    {
        lock (gate)
        {
            all.Remove(before);
            all.Add(after);
        }
    }

    internal IOpenConnection[] Snapshot()
    {
        lock (gate) return [.. all];
    }

    /// <summary>Waits until none is open.</summary>
    internal Task UntilEmptyAsync()
    {
        lock (gate)
        {
            whenEmpty ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (all.Count == 0) whenEmpty.TrySetResult();
            return whenEmpty.Task;
        }
    }
}
