using System.Buffers.Text;
using System.Text;

namespace RawHub;

/// <summary>One place in one channel, written <c>&lt;epoch&gt;-&lt;offset&gt;</c>: the id of a message, and the position just after it.</summary>
/// <param name="Epoch">The life of the channel that the offset counts in.</param>
/// <param name="Offset">The message's number, from 1 without a gap; 0 is the place before the first.</param>
public readonly record struct MessageId(Epoch Epoch, long Offset)
{
    /// <summary>Bytes of the longest id: the epoch, a hyphen and 19 digits.</summary>
    public const int MaxLength = Epoch.Length + 1 + 19;

    /// <summary>Takes exactly <paramref name="text"/> as an id. There is one way to write each: no sign, no leading zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out MessageId id)
    {
        id = default;
        if (text.Length is < Epoch.Length + 2 or > MaxLength || text[Epoch.Length] != '-') return false;
        if (!Epoch.TryParse(text[..Epoch.Length], out Epoch epoch)) return false;
        if (!TryParseOffset(text[(Epoch.Length + 1)..], out long offset)) return false;
        id = new(epoch, offset);
        return true;
    }

    static bool TryParseOffset(ReadOnlySpan<char> digits, out long offset)
    {
        offset = 0;
        if (digits[0] == '0') return digits.Length == 1;
        foreach (char c in digits)
        {
            if (!char.IsAsciiDigit(c)) return false;
            int digit = c - '0';
            if (offset > (long.MaxValue - digit) / 10) return false;
            offset = offset * 10 + digit;
        }
        return true;
    }

    /// <summary>Writes the id as bytes and returns how many.</summary>
    /// <param name="into">At least <see cref="MaxLength"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="into"/> is shorter.</exception>
    public int Format(Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, MaxLength);
        Epoch.Format(into);
        into[Epoch.Length] = (byte)'-';
        Utf8Formatter.TryFormat(Offset, into[(Epoch.Length + 1)..], out int digits);
        return Epoch.Length + 1 + digits;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(bytes[..Format(bytes)]);
    }
}
