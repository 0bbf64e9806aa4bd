namespace RawLongPoll.Wire;

/// <summary>Why a poll is refused. Each is answered with 400 and its code.</summary>
public enum PollFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Contract, long poll: <c>wait</c> is whole seconds.</summary>
    BadWait,

    /// <summary>Contract, long poll: <c>limit</c> is a whole number, at least 1.</summary>
    BadLimit,

    /// <summary>Contract, long poll: <c>client</c> is a name of 1 to 128 visible ASCII characters.</summary>
    BadClient,

    /// <summary>Contract, long poll: <c>wait</c>, <c>limit</c> and <c>client</c> may come once each; two would contradict.</summary>
    RepeatedParameter,
}

/// <summary>The one map from a fault to its name and words.</summary>
public static class PollFaults
{
    /// <summary>The status of every refusal.</summary>
    public const int Status = 400;

    /// <summary>The stable name in a problem's <c>code</c>.</summary>
    public static string CodeOf(PollFault fault) => fault switch
    {
        PollFault.BadWait => "bad-wait",
        PollFault.BadLimit => "bad-limit",
        PollFault.BadClient => "bad-client",
        PollFault.RepeatedParameter => "repeated-parameter",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    /// <summary>One sentence for people.</summary>
    public static string DetailOf(PollFault fault) => fault switch
    {
        PollFault.BadWait => "wait is whole seconds; 0 answers at once, more than 120 counts as 120.",
        PollFault.BadLimit => "limit is the most messages in one answer, at least 1; more than 1000 counts as 1000.",
        PollFault.BadClient => "client is a name of 1 to 128 visible ASCII characters.",
        PollFault.RepeatedParameter => "wait, limit and client may be given once each.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
