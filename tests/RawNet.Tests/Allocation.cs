namespace RawNet.Tests;

/// <summary>Bytes that a warm turn allocates on this thread.</summary>
static class Allocation
{
    const int Turns = 1000;

    /// <summary>True in debug builds, where the compiler makes the state of every async method an object.</summary>
#if DEBUG
    public static bool AsyncMethodsAllocate => true;
#else
    public static bool AsyncMethodsAllocate => false;
#endif

    /// <summary>Runs <paramref name="turn"/> until it is warm, then gives the bytes allocated by the next thousand turns.</summary>
    public static long OfWarm(Action turn)
    {
        for (int i = 0; i < Turns; i++) turn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Turns; i++) turn();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
