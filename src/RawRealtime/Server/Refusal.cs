using RawHttp.Wire;
using RawLongPoll.Wire;

namespace RawRealtime.Server;

/// <summary>What a refused request is answered with, wherever the rule it broke is kept: in HTTP, in a transport or in the server.</summary>
/// <param name="Status">The HTTP status; 0 when nothing is refused.</param>
/// <param name="Code">The stable code of the problem details.</param>
/// <param name="Detail">What was wrong and what to do about it.</param>
/// <param name="Challenge">The error of the challenge that goes with it (RFC 6750 §3.1), empty for one without; null for no challenge.</param>
internal readonly record struct Refusal(int Status, string Code, string Detail, string? Challenge = null)
{
    /// <summary>Nothing to refuse.</summary>
    public static Refusal None => default;

    /// <summary>True when something is refused.</summary>
    public bool IsRefused => Status != 0;

    public static implicit operator Refusal(ServerFault fault) =>
        fault == ServerFault.None ? None : new(ServerFaults.StatusOf(fault), ServerFaults.CodeOf(fault), ServerFaults.DetailOf(fault), ServerFaults.ChallengeOf(fault));

    public static implicit operator Refusal(HttpFault fault) =>
        fault == HttpFault.None ? None : new(HttpFaults.StatusOf(fault), HttpFaults.CodeOf(fault), HttpFaults.DetailOf(fault));

    public static implicit operator Refusal(PollFault fault) =>
        fault == PollFault.None ? None : new(PollFaults.Status, PollFaults.CodeOf(fault), PollFaults.DetailOf(fault));
}
