using System.Buffers;
using System.Text;

namespace RawLongPoll.Wire;

/// <summary>What a poll asks for, gathered from its query and fields in whatever order they come.</summary>
/// <remarks>Not thread-safe; one per poll. Parameters and fields that are not a poll's are for others to judge.</remarks>
public sealed class PollRequest
{
    /// <summary>Messages in one answer when no limit is asked for.</summary>
    public const int DefaultLimit = 100;

    /// <summary>Most messages in one answer; more counts as this.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The longest client name, in bytes.</summary>
    public const int MaxClientLength = 128;

    static readonly SearchValues<byte> Visible = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    int? queryWait;
    int? preferredWait;
    int? limit;

    /// <summary>Seconds to hold, 0 to answer at once: the query's, else the preferred, else <see cref="HoldTime.DefaultSeconds"/>.</summary>
    public int WaitSeconds => queryWait ?? preferredWait ?? HoldTime.DefaultSeconds;

    /// <summary>Whether <c>Prefer: wait</c> decided, and the answer may say <c>Preference-Applied</c> (RFC 7240 §3).</summary>
    public bool IsWaitPreferred => queryWait is null && preferredWait is not null;

    /// <summary>Most messages in the answer.</summary>
    public int Limit => limit ?? DefaultLimit;

    /// <summary>The client's name, or null. A newer poll of the same name ends the older one.</summary>
    public string? Client { get; private set; }

    /// <summary>Takes one pair of the query, decoded.</summary>
    public PollFault OnQuery(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("wait"u8)) return TakeNumber(ref queryWait, value, 0, HoldTime.MaxSeconds, PollFault.BadWait);
        if (name.SequenceEqual("limit"u8)) return TakeNumber(ref limit, value, 1, MaxLimit, PollFault.BadLimit);
        return name.SequenceEqual("client"u8) ? TakeClient(value) : PollFault.None;
    }

    /// <summary>Takes one preference of a <c>Prefer</c> field (RFC 7240 §2): one member of its list.</summary>
    /// <remarks>§2: what is not understood is ignored, never refused; of a preference given twice the first counts.</remarks>
    public void OnPreference(ReadOnlySpan<byte> preference)
    {
        int end = preference.IndexOf((byte)';');
        if (end >= 0) preference = preference[..end];
        int equals = preference.IndexOf((byte)'=');
        if (equals < 0 || preferredWait is not null) return;
        // RFC 7240 §2 allows white space around the equals sign; RFC 9110 §5.6.3 says which.
        ReadOnlySpan<byte> name = preference[..equals].Trim(" \t"u8), value = preference[(equals + 1)..].Trim(" \t"u8);
        if (value.Length > 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
        if (Ascii.EqualsIgnoreCase(name, "wait"u8)) TakeNumber(ref preferredWait, value, 0, HoldTime.MaxSeconds, PollFault.BadWait);
    }

    PollFault TakeClient(ReadOnlySpan<byte> value)
    {
        if (Client is not null) return PollFault.RepeatedParameter;
        if (value.Length is 0 or > MaxClientLength || value.ContainsAnyExcept(Visible)) return PollFault.BadClient;
        Client = Encoding.ASCII.GetString(value);
        return PollFault.None;
    }

    static PollFault TakeNumber(ref int? into, ReadOnlySpan<byte> digits, int least, int most, PollFault fault)
    {
        if (into is not null) return PollFault.RepeatedParameter;
        int value = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return fault;
            value = Math.Min(most, value * 10 + (digit - '0'));
        }
        if (digits.IsEmpty || value < least) return fault;
        into = value;
        return PollFault.None;
    }
}
