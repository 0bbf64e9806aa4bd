namespace RawWebSocket;

/// <summary>
/// Who waits for room in a send queue, which has one waiter at a time: the first waits there, the others behind it, in the order in
/// which they came. Any thread. Nothing is allocated until somebody waits.
/// </summary>
sealed class SendTurns
{
    readonly Lock gate = new();
    Queue<TaskCompletionSource>? behind;
    bool isTaken;

    /// <summary>True when a send may be tried at once without overtaking one that came before.</summary>
    public bool IsNobodyWaiting => !Volatile.Read(ref isTaken);

    /// <summary>Waits for the turn; <see cref="Give"/> ends it.</summary>
    public Task TakeAsync()
    {
        lock (gate)
        {
            if (!isTaken)
            {
                isTaken = true;
                return Task.CompletedTask;
            }
            TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (behind ??= new()).Enqueue(turn);
            return turn.Task;
        }
    }

    /// <summary>Gives the turn to the next one, if there is one.</summary>
    public void Give()
    {
        lock (gate)
        {
            if (behind is not null && behind.TryDequeue(out TaskCompletionSource? next)) next.SetResult();
            else isTaken = false;
        }
    }
}
