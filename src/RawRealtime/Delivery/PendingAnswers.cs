using RawHub;

namespace RawRealtime.Delivery;

/// <summary>
/// The answers to what one client published and the store does not have yet: given when it has, in the order in which they were
/// asked for, and without holding up what the client sends next. Any thread.
/// </summary>
/// <param name="hub">Knows what the store has.</param>
/// <param name="trySend">Queues an answer; false when there is no room.</param>
/// <param name="flush">Sends what was queued.</param>
/// <param name="giveUp">Ends the connection: an answer is never left out.</param>
internal sealed class PendingAnswers(Hub hub, Func<ReadOnlyMemory<byte>, bool> trySend, Action flush, Action giveUp)
{
    readonly Lock gate = new();
    readonly Queue<Pending> pending = [];

    sealed class Pending(long commit, Func<bool, ReadOnlyMemory<byte>> answer)
    {
        public long Commit => commit;

        public bool IsDecided { get; set; }

        public ReadOnlyMemory<byte> Answer(bool isWritten) => answer(isWritten);
    }

    /// <summary>Whether one that was published before is still to be answered: then one that is decided already has to wait for it.</summary>
    public bool IsEmpty
    {
        get { lock (gate) return pending.Count == 0; }
    }

    /// <summary>Gives an answer when the store has decided.</summary>
    /// <param name="commit">The record that is waited for.</param>
    /// <param name="answer">Makes the answer; told whether it was written. An empty one is none.</param>
    public void Add(long commit, Func<bool, ReadOnlyMemory<byte>> answer)
    {
        Pending one = new(commit, answer);
        lock (gate) pending.Enqueue(one);
        hub.WhenDecided(commit, () => OnDecided(one));
    }

    void OnDecided(Pending one)
    {
        bool hasRoom = true, hasSent = false;
        lock (gate)
        {
            one.IsDecided = true;
            while (hasRoom && pending.TryPeek(out Pending? first) && first.IsDecided)
            {
                ReadOnlyMemory<byte> text = pending.Dequeue().Answer(hub.IsCommitted(first.Commit));
                if (text.IsEmpty) continue;
                hasRoom = trySend(text);
                hasSent = true;
            }
        }
        if (!hasRoom) giveUp();
        else if (hasSent) flush();
    }
}
