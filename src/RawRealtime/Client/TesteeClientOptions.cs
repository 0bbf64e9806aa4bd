namespace RawRealtime.Client;

/// <summary>What <c>rawrealtime testee --connect</c> was told.</summary>
/// <param name="Server">Where the fuzzing server is.</param>
/// <param name="Agent">What we are called in its reports.</param>
/// <param name="Cases">Which cases to run.</param>
internal sealed record TesteeClientOptions(Uri Server, string Agent, CaseRange Cases)
{
    /// <summary>How long one case may take. The suite gives up the slowest ones itself after 2 minutes.</summary>
    public TimeSpan CaseTime { get; init; } = TimeSpan.FromMinutes(5);
}
