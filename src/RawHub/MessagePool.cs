namespace RawHub;

/// <summary>Messages without content, kept for reuse. Any thread.</summary>
internal sealed class MessagePool(int maxKept)
{
    readonly Lock gate = new();
    readonly PublishedMessage?[] kept = new PublishedMessage?[maxKept];
    int count;

    /// <summary>Messages handed out and not yet returned.</summary>
    internal int Outstanding { get; private set; }

    internal PublishedMessage Rent()
    {
        lock (gate)
        {
            Outstanding++;
            if (count == 0) return new(this);
            PublishedMessage message = kept[--count]!;
            kept[count] = null;
            return message;
        }
    }

    internal void Return(PublishedMessage message)
    {
        lock (gate)
        {
            Outstanding--;
            if (count < kept.Length) kept[count++] = message;
        }
    }
}
