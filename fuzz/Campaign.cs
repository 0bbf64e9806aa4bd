namespace RawHttp.Fuzz;

/// <summary>An input that broke an invariant.</summary>
/// <param name="Input">The input.</param>
/// <param name="Reason">What was thrown.</param>
public sealed record Crash(byte[] Input, Exception Reason);

/// <summary>
/// Shows a target its corpus and then changed copies of it, in this process: no pipe, no fork. When the code under test is instrumented
/// (see <see cref="Edges"/>), inputs that reach new edges are kept and changed further. The same seed gives the same inputs.
/// </summary>
/// <param name="target">What to show them.</param>
/// <param name="corpus">What to begin with.</param>
/// <param name="seed">Any number.</param>
public sealed class Campaign(Target target, IEnumerable<byte[]> corpus, ulong seed)
{
    readonly List<byte[]> inputs = [.. corpus];
    readonly Mutator mutator = new(seed);
    long executions;

    /// <summary>Inputs shown so far. Any thread.</summary>
    public long Executions => Interlocked.Read(ref executions);

    /// <summary>The input that is shown now or was last. For whoever finds it taking too long.</summary>
    public byte[] Current { get; } = new byte[Mutator.MaxBytes];

    /// <summary>How many bytes of <see cref="Current"/> are the input.</summary>
    public int CurrentLength { get; private set; }

    /// <summary>Inputs that are changed: the corpus and those that reached new edges.</summary>
    public IReadOnlyList<byte[]> Inputs => inputs;

    /// <summary>Shows the corpus once, and then changed inputs.</summary>
    /// <param name="count">How many executions, the corpus included.</param>
    /// <returns>The first input that broke an invariant; null when none did.</returns>
    public Crash? Run(long count)
    {
        if (inputs.Count == 0) inputs.Add([]);
        int given = inputs.Count;
        for (int i = 0; i < given; i++)
        {
            Edges.Begin();
            if (Show(inputs[i]) is { } crash) return crash;
            Edges.AnyNew();
        }
        byte[] changed = Current;
        while (executions < count)
        {
            CurrentLength = mutator.Mutate(inputs[Pick()], inputs[mutator.Next(inputs.Count)], changed);
            Edges.Begin();
            if (Show(changed.AsSpan(0, CurrentLength)) is { } crash) return crash;
            if (Edges.AnyNew()) inputs.Add(changed[..CurrentLength]);
        }
        return null;
    }

    // The shorter of two, which costs less and has less that does not matter; every other time of the latest, which have been changed least.
    int Pick()
    {
        int latest = mutator.Next(2) == 0 ? inputs.Count : Math.Min(64, inputs.Count);
        int one = inputs.Count - 1 - mutator.Next(latest), other = inputs.Count - 1 - mutator.Next(latest);
        return inputs[one].Length <= inputs[other].Length ? one : other;
    }

    Crash? Show(ReadOnlySpan<byte> input)
    {
        Interlocked.Increment(ref executions);
        try
        {
            target.Run(input);
            return null;
        }
        catch (Exception reason) // whatever it is, it is the find
        {
            return new(input.ToArray(), reason);
        }
    }
}
