using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace RawNet.Wire;

/// <summary>Addresses as text, read strictly: what one reader takes for octal and another for decimal is no address at all.</summary>
public static class AddressText
{
    const int MostDigits = 5;

    // The runtime's own parser takes NUL at the end of a number.
    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    /// <summary>Reads four decimal numbers with points between them: no leading zeros, no signs, no fewer numbers.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="address">Room for the 4 bytes; its content is undefined when the text is none.</param>
    public static bool TryReadIp4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        for (int i = 0; i < 4; i++)
        {
            int dot = i == 3 ? text.Length : text.IndexOf((byte)'.');
            if (dot < 0 || !TryReadNumber(text[..dot], byte.MaxValue, out int number)) return false;
            address[i] = (byte)number;
            if (i < 3) text = text[(dot + 1)..];
        }
        return true;
    }

    /// <summary>Reads an IPv6 address as RFC 4291 §2.2 writes it; no zone, no brackets.</summary>
    /// <param name="text">ASCII.</param>
    /// <param name="address">Room for the 16 bytes; its content is undefined when the text is none.</param>
    public static bool TryReadIp6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int gap = text.IndexOf("::"u8);
        if (gap < 0) return !text.IsEmpty && TryReadGroups(text, address, mayEndInIp4: true, out int all) && all == 16;
        Span<byte> tail = stackalloc byte[16];
        // RFC 4291 §2.2 item 2: "::" stands for one or more groups.
        if (!TryReadGroups(text[..gap], address, mayEndInIp4: false, out int before)
            || !TryReadGroups(text[(gap + 2)..], tail, mayEndInIp4: true, out int after) || before + after > 14) return false;
        address[before..].Clear();
        tail[..after].CopyTo(address[(16 - after)..]);
        return true;
    }

    /// <summary>Reads decimal digits: no sign, no leading zero but in 0 itself.</summary>
    /// <param name="digits">ASCII.</param>
    /// <param name="most">The largest number that is taken, 99,999 at most.</param>
    /// <param name="number">The number.</param>
    public static bool TryReadNumber(ReadOnlySpan<byte> digits, int most, out int number)
    {
        number = 0;
        if (digits.Length is 0 or > MostDigits || digits.Length > 1 && digits[0] == '0') return false;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return false;
            number = number * 10 + digit - '0';
        }
        return number <= most;
    }

    // Groups of 1 to 4 hexadecimal digits with colons between; no text is no group. RFC 4291 §2.2 item 3: the last two may be an IPv4 address.
    static bool TryReadGroups(ReadOnlySpan<byte> text, Span<byte> into, bool mayEndInIp4, out int length)
    {
        length = 0;
        if (text.IsEmpty) return true;
        while (true)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndInIp4 && length <= 12 && TryReadIp4(group, into[length..]))
            {
                length += 4;
                return true;
            }
            if (length == 16 || group.Length > 4 || group.ContainsAnyExcept(HexDigits)) return false;
            if (!ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value)) return false;
            BinaryPrimitives.WriteUInt16BigEndian(into[length..], value);
            length += 2;
            if (colon < 0) return true;
            text = text[(colon + 1)..];
        }
    }
}
