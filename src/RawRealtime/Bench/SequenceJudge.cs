namespace RawRealtime.Bench;

/// <summary>Whether numbers come each once and in order. Pure.</summary>
/// <param name="First">The number that has to come first.</param>
internal struct SequenceJudge(long First)
{
    /// <summary>The number that has to come next.</summary>
    public long Next { get; private set; } = First;

    /// <summary>Takes the number that came.</summary>
    /// <param name="number">It.</param>
    /// <returns>How many numbers it left out: 0 when it is the next one, and -1 when it came before or too late.</returns>
    public long Take(long number)
    {
        if (number < Next) return -1;
        long missed = number - Next;
        Next = number + 1;
        return missed;
    }
}
