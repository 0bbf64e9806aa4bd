using System.Text;

namespace RawJournal.Wire;

/// <summary>What a journal writes down about itself, so that the next one knows what it may find. docs/journal.md, state.</summary>
/// <param name="Policy">The policy in force.</param>
/// <param name="Boot">The run of the machine.</param>
/// <param name="IsClosed">Whether it was closed in order.</param>
/// <param name="IsTailDoubted">Whether records may be missing at an end, and the owner did not yet say that it has taken that in.</param>
public sealed record JournalState(FsyncPolicy Policy, BootMark Boot, bool IsClosed, bool IsTailDoubted)
{
    /// <summary>The most bytes that are looked at.</summary>
    public const int MaxBytes = 1024;

    const string Title = "rawjournal 1";

    /// <summary>Its five lines.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(
        $"{Title}\npolicy {NameOf(Policy)}\nboot {Boot.Text}\nclosed {(IsClosed ? "yes" : "no")}\ntail {(IsTailDoubted ? "doubted" : "known")}\n");

    /// <summary>Reads it.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <returns>Null when it is not exactly what <see cref="ToBytes"/> writes: then nothing is known.</returns>
    public static JournalState? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes) return null;
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length != 6 || lines[0] != Title || !lines[2].StartsWith("boot ", StringComparison.Ordinal)) return null;
        FsyncPolicy? policy = PolicyOf(lines[1]);
        if (policy is null) return null;
        JournalState state = new(policy.Value, new(lines[2][5..]), lines[3] == "closed yes", lines[4] == "tail doubted");
        return state.ToBytes().AsSpan().SequenceEqual(bytes) ? state : null;
    }

    /// <summary>How the journal was left that wrote this.</summary>
    /// <param name="state">What it wrote; null when nothing is known.</param>
    /// <param name="now">This run of the machine.</param>
    public static LastClose HowLeft(JournalState? state, BootMark now)
    {
        if (state is null) return LastClose.MachineRestarted; // the least that can be relied on
        if (state.IsClosed) return LastClose.Clean;
        return state.Boot.IsSameRunAs(now) ? LastClose.ProcessEnded : LastClose.MachineRestarted;
    }

    /// <summary>Whether records that were committed may be missing at the end without a trace.</summary>
    /// <param name="state">What the last one wrote; null when nothing is known.</param>
    /// <param name="now">This run of the machine.</param>
    /// <param name="hasSegments">Whether there is any segment: a journal that is new has lost nothing.</param>
    public static bool MayHaveLostTail(JournalState? state, BootMark now, bool hasSegments)
    {
        if (!hasSegments) return false;
        if (state is null || state.IsTailDoubted) return true;
        return HowLeft(state, now) == LastClose.MachineRestarted && state.Policy != FsyncPolicy.Every;
    }

    static string NameOf(FsyncPolicy policy) => policy switch
    {
        FsyncPolicy.Every => "every",
        FsyncPolicy.Interval => "interval",
        FsyncPolicy.Never => "never",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, null),
    };

    static FsyncPolicy? PolicyOf(string line) => line switch
    {
        "policy every" => FsyncPolicy.Every,
        "policy interval" => FsyncPolicy.Interval,
        "policy never" => FsyncPolicy.Never,
        _ => null,
    };
}
