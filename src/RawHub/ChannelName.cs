using System.Buffers;
using System.Text;

namespace RawHub;

/// <summary>The name of a channel: 1 to 128 characters of <c>A-Z a-z 0-9 . _ : ~ -</c>.</summary>
/// <remarks>
/// All of them are unreserved or harmless in a URL's query, an entity tag, a log line and an event stream, so a name
/// is never escaped. <c>default(ChannelName)</c> is the channel meant when a request names none: <c>default</c>.
/// </remarks>
public readonly struct ChannelName : IEquatable<ChannelName>
{
    /// <summary>The longest name, in characters, which are also its bytes.</summary>
    public const int MaxLength = 128;

    const string Unnamed = "default";
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:~-";

    static readonly SearchValues<char> NameCharacters = SearchValues.Create(Alphabet);
    static readonly SearchValues<byte> NameBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Alphabet));

    readonly string? text;

    ChannelName(string text) => this.text = text;

    /// <summary>The name as text.</summary>
    public string Text => text ?? Unnamed;

    /// <summary>Whether <paramref name="text"/> is a channel name.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Whether <paramref name="utf8"/> is a channel name.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        utf8.Length is > 0 and <= MaxLength && !utf8.ContainsAnyExcept(NameBytes);

    /// <summary>Takes <paramref name="text"/> as a name; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ChannelName name)
    {
        name = default;
        if (!IsValid(text)) return false;
        name = new(text.ToString());
        return true;
    }

    /// <summary>Takes <paramref name="utf8"/> as a name; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ChannelName name)
    {
        name = default;
        if (!IsValid(utf8)) return false;
        name = new(Encoding.ASCII.GetString(utf8));
        return true;
    }

    /// <summary>Takes <paramref name="text"/> as a name.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not a channel name.</exception>
    public static ChannelName Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out ChannelName name) ? name : throw new FormatException("Not a channel name: 1 to 128 characters of A-Z a-z 0-9 . _ : ~ -");

    /// <summary>Whether both name the same channel; capital and small letters differ.</summary>
    public bool Equals(ChannelName other) => Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChannelName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether both name the same channel.</summary>
    public static bool operator ==(ChannelName left, ChannelName right) => left.Equals(right);

    /// <summary>Whether they name different channels.</summary>
    public static bool operator !=(ChannelName left, ChannelName right) => !left.Equals(right);
}
