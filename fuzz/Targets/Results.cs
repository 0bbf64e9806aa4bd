using RawHttp.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>What holds for every result of every reader.</summary>
static class Results
{
    /// <summary>Nothing is spent that did not arrive, a refusal has a name and an answer, and all else has neither.</summary>
    internal static void Check(ReadResult result, int available)
    {
        Unless(result.Consumed >= 0 && result.Consumed <= available, "more spent than arrived");
        Unless(result.Status == ReadStatus.Done || result.Consumed == 0, "bytes spent without a result");
        Unless(result.Status == ReadStatus.Invalid == (result.Fault != HttpFault.None), "a refusal without a name, or a name without one");
        if (result.Status == ReadStatus.Invalid) Unless(HttpFaults.StatusOf(result.Fault) >= 400, "a refusal without an answer");
    }

    internal static void Unless(bool holds, string what) => FuzzFailureException.Unless(holds, what);
}
