namespace RawRealtime.Bench;

/// <summary>What a bench finds wrong with a server's answers. One of them, and its exit code is 1.</summary>
internal enum BenchFault
{
    /// <summary>A connection could not be opened, or was not answered as it must be: no 101, no event stream.</summary>
    NotOpened,

    /// <summary>A connection ended or broke that was to stay.</summary>
    Ended,

    /// <summary>What came breaks the protocol's own rules.</summary>
    BadBytes,

    /// <summary>An answer had another status.</summary>
    WrongStatus,

    /// <summary>An answer had another length.</summary>
    WrongLength,

    /// <summary>A message came back changed, cut or longer.</summary>
    WrongContent,

    /// <summary>A message never came, or was left out at its place.</summary>
    Lost,

    /// <summary>A message came again, or behind a later one.</summary>
    RepeatedOrLate,

    /// <summary>An answer did not come by the end.</summary>
    Unanswered,
}

/// <summary>How the faults are told.</summary>
internal static class BenchFaults
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)BenchFault.Unanswered + 1;

    /// <summary>A stable name for machines.</summary>
    public static string NameOf(BenchFault fault) => fault switch
    {
        BenchFault.NotOpened => "not-opened",
        BenchFault.Ended => "ended",
        BenchFault.BadBytes => "bad-bytes",
        BenchFault.WrongStatus => "wrong-status",
        BenchFault.WrongLength => "wrong-length",
        BenchFault.WrongContent => "wrong-content",
        BenchFault.Lost => "lost",
        BenchFault.RepeatedOrLate => "repeated-or-late",
        _ => "unanswered",
    };

    /// <summary>For people, with the number in front.</summary>
    public static string Explain(BenchFault fault) => fault switch
    {
        BenchFault.NotOpened => "connections were not opened",
        BenchFault.Ended => "connections ended early",
        BenchFault.BadBytes => "times the server's bytes broke a rule of the protocol",
        BenchFault.WrongStatus => "answers had another status",
        BenchFault.WrongLength => "answers had another length",
        BenchFault.WrongContent => "messages were changed",
        BenchFault.Lost => "messages were lost",
        BenchFault.RepeatedOrLate => "messages came again or too late",
        _ => "answers did not come",
    };
}
