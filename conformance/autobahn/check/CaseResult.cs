namespace AutobahnCheck;

/// <summary>What the suite says of one case.</summary>
/// <param name="Agent">Who was tested.</param>
/// <param name="Id">The case, such as 6.4.1.</param>
/// <param name="Behavior">OK, NON-STRICT, INFORMATIONAL, UNIMPLEMENTED or FAILED.</param>
/// <param name="BehaviorClose">The same of how the connection was closed; also WRONG CODE, UNCLEAN, FAILED BY CLIENT.</param>
public readonly record struct CaseResult(string Agent, string Id, string Behavior, string BehaviorClose)
{
    /// <summary>True when neither is anything but OK and INFORMATIONAL.</summary>
    public bool IsFine => IsGood(Behavior) && IsGood(BehaviorClose);

    static bool IsGood(string behavior) => behavior is "OK" or "INFORMATIONAL";
}
