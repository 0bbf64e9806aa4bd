namespace RawNet;

/// <summary>
/// Keeps up to <paramref name="capacity"/> unused objects for reuse, so that warm paths allocate nothing.
/// Any thread may call it.
/// </summary>
/// <param name="capacity">Most objects kept; what is given back beyond it is left to the garbage collector.</param>
public sealed class BoundedPool<T>(int capacity)
    where T : class, new()
{
    readonly Lock gate = new();
    T[] kept = new T[Math.Min(capacity, 16)];
    int count;

    /// <summary>Takes a kept object, or a new one when none is kept.</summary>
    public T Take()
    {
        lock (gate)
        {
            if (count == 0) return new T();
            T taken = kept[--count];
            kept[count] = null!;
            return taken;
        }
    }

    /// <summary>Gives an object back. The caller must not use it afterwards.</summary>
    public void Give(T unused)
    {
        lock (gate)
        {
            if (count == capacity) return;
            if (count == kept.Length) Array.Resize(ref kept, Math.Min(capacity, count * 2));
            kept[count++] = unused;
        }
    }
}
