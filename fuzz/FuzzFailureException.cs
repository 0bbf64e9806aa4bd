using System.Diagnostics.CodeAnalysis;

namespace RawHttp.Fuzz;

/// <summary>An invariant does not hold for an input.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A failure always says what does not hold.")]
public sealed class FuzzFailureException(string message) : Exception(message)
{
    internal static void Unless(bool holds, string what)
    {
        if (!holds) throw new FuzzFailureException(what);
    }
}
