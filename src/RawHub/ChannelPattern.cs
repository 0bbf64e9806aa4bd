using System.Buffers;
using System.Text;

namespace RawHub;

/// <summary>Which channels are meant: one by its name, or every one whose name begins alike, as <c>news.*</c>.</summary>
/// <remarks>
/// The star stands at the end alone. What begins with <see cref="PresencePrefix"/> tells who is there, and so is meant only by a
/// pattern that begins so itself: <c>*</c> does not mean it. <c>default(ChannelPattern)</c> is the channel <c>default</c>.
/// </remarks>
public readonly struct ChannelPattern : IEquatable<ChannelPattern>
{
    /// <summary>How the name of a channel begins that tells who joins and leaves another one.</summary>
    public const string PresencePrefix = "presence:";

    readonly ChannelName exact;
    readonly string? prefix;

    ChannelPattern(ChannelName exact, string? prefix) => (this.exact, this.prefix) = (exact, prefix);

    /// <summary>Means one channel.</summary>
    public ChannelPattern(ChannelName name) : this(name, null) { }

    /// <summary>Whether it may mean several channels.</summary>
    public bool IsWildcard => prefix is not null;

    /// <summary>The one channel that is meant, when it is no wildcard.</summary>
    public ChannelName Name => exact;

    /// <summary>The pattern as text.</summary>
    public string Text => prefix is null ? exact.Text : prefix + "*";

    /// <summary>Takes <paramref name="text"/> as a pattern: a channel's name, or up to 127 of a name's characters and a star. False when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ChannelPattern pattern)
    {
        bool isWildcard = text.EndsWith("*");
        ReadOnlySpan<char> start = isWildcard ? text[..^1] : text;
        ChannelName exact = default;
        bool isOne = isWildcard ? start.IsEmpty || start.Length < ChannelName.MaxLength && ChannelName.IsValid(start) : ChannelName.TryParse(start, out exact);
        pattern = isOne ? new(exact, isWildcard ? start.ToString() : null) : default;
        return isOne;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out ChannelPattern)"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ChannelPattern pattern)
    {
        pattern = default;
        if (utf8.Length is 0 or > ChannelName.MaxLength) return false;
        Span<char> text = stackalloc char[utf8.Length];
        return Ascii.ToUtf16(utf8, text, out _) == OperationStatus.Done && TryParse(text, out pattern);
    }

    /// <summary>Whether <paramref name="name"/> is meant.</summary>
    public bool Matches(ChannelName name) => prefix is null ? exact == name : CoversBeginning(name.Text);

    /// <summary>Whether all that <paramref name="other"/> means is meant.</summary>
    public bool Covers(ChannelPattern other) =>
        prefix is null ? other.prefix is null && exact == other.exact : CoversBeginning(other.prefix ?? other.exact.Text);

    bool CoversBeginning(string text) =>
        text.StartsWith(prefix!, StringComparison.Ordinal)
        && (!text.StartsWith(PresencePrefix, StringComparison.Ordinal) || prefix!.StartsWith(PresencePrefix, StringComparison.Ordinal));

    /// <summary>Whether both mean the same by the same text.</summary>
    public bool Equals(ChannelPattern other) => prefix == other.prefix && exact == other.exact;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChannelPattern other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(prefix, exact);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether both mean the same by the same text.</summary>
    public static bool operator ==(ChannelPattern left, ChannelPattern right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(ChannelPattern left, ChannelPattern right) => !left.Equals(right);
}
