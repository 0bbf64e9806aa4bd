namespace RawRealtime.Bench;

/// <summary>What a bench finds wrong with a server's answers. One of them, and its exit code is 1.</summary>
internal enum BenchFailure
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
internal static class BenchFailures
{
    /// <summary>How many there are.</summary>
    public const int Count = (int)BenchFailure.Unanswered + 1;

    /// <summary>A stable name for machines.</summary>
    public static string NameOf(BenchFailure fault) => fault switch
    {
        BenchFailure.NotOpened => "not-opened",
        BenchFailure.Ended => "ended",
        BenchFailure.BadBytes => "bad-bytes",
        BenchFailure.WrongStatus => "wrong-status",
        BenchFailure.WrongLength => "wrong-length",
        BenchFailure.WrongContent => "wrong-content",
        BenchFailure.Lost => "lost",
        BenchFailure.RepeatedOrLate => "repeated-or-late",
        _ => "unanswered",
    };

    /// <summary>For people, with the number in front.</summary>
    public static string Explain(BenchFailure fault) => fault switch
    {
        BenchFailure.NotOpened => "connections were not opened",
        BenchFailure.Ended => "connections ended early",
        BenchFailure.BadBytes => "times the server's bytes broke a rule of the protocol",
        BenchFailure.WrongStatus => "answers had another status",
        BenchFailure.WrongLength => "answers had another length",
        BenchFailure.WrongContent => "messages were changed",
        BenchFailure.Lost => "messages were lost",
        BenchFailure.RepeatedOrLate => "messages came again or too late",
        _ => "answers did not come",
    };
}
