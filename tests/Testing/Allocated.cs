namespace Testing;

/// <summary>Measures what a thread allocates.</summary>
public static class Allocated
{
    /// <summary>Rounds that are run, the first of them to warm up.</summary>
    public const int Rounds = 6;

    /// <summary>
    /// The least that a warm round allocated on this thread, in bytes. What the code itself allocates, it allocates in each round; what a
    /// collection, begun by a test beside this one, took from the shared pools is replaced once.
    /// </summary>
    /// <param name="round">What is measured; run <see cref="Rounds"/> times.</param>
    public static long Least(Action round)
    {
        ArgumentNullException.ThrowIfNull(round);
        long least = long.MaxValue;
        round();
        for (int i = 1; i < Rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
