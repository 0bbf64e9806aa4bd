using System.Text;

namespace RawHttp.Wire;

/// <summary>Some bytes of a representation, one at least.</summary>
/// <param name="First">Offset of the first byte.</param>
/// <param name="Last">Offset of the last byte.</param>
public readonly record struct ByteRange(long First, long Last)
{
    /// <summary>How many bytes.</summary>
    public long Length => Last - First + 1;
}

/// <summary>What a Range field asks for.</summary>
public enum RangeOutcome : byte
{
    /// <summary>All of it: there is no Range, or none that counts. RFC 9110 §14.2: another unit, or ranges that break the grammar or are too many.</summary>
    Whole,

    /// <summary>One or several parts: 206. RFC 9110 §15.3.7.</summary>
    Parts,

    /// <summary>Nothing that is there: 416. RFC 9110 §15.5.17.</summary>
    Unsatisfiable,
}

/// <summary>Reads the Range field for a representation of known length. RFC 9110 §14.1.2, §14.2.</summary>
public static class ByteRanges
{
    /// <summary>Most ranges in a request. More of them are the sign of a broken client or an attack (RFC 9110 §14.2), and get all of it.</summary>
    public const int MaxRanges = 16;

    /// <summary>
    /// Reads <c>ranges-specifier = range-unit "=" range-set</c>. Ranges are cut to what is there, those that overlap or touch are joined
    /// (RFC 9110 §15.3.7.2), and so never amount to more than the representation; the rest keeps the order it was asked for in.
    /// </summary>
    /// <param name="value">The value of a Range field that stands once.</param>
    /// <param name="length">Bytes of the representation.</param>
    /// <param name="into">Room for <see cref="MaxRanges"/> ranges.</param>
    /// <param name="count">How many there are; 0 unless the answer is Parts.</param>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public static RangeOutcome Read(ReadOnlySpan<byte> value, long length, Span<ByteRange> into, out int count)
    {
        if (into.Length < MaxRanges) throw new ArgumentException("There is no room for the ranges.", nameof(into));
        count = 0;
        int equals = value.IndexOf((byte)'=');
        if (equals < 0 || !Ascii.EqualsIgnoreCase(value[..equals], "bytes"u8)) return RangeOutcome.Whole; // §14.1: units have no case
        RangeOutcome outcome = ReadSet(value[(equals + 1)..], length, into, ref count);
        if (outcome == RangeOutcome.Whole) count = 0;
        return outcome;
    }

    // range-set = 1#range-spec. One that breaks the grammar spoils all; one that is not there is left out (§14.1.2).
    static RangeOutcome ReadSet(ReadOnlySpan<byte> set, long length, Span<ByteRange> into, ref int count)
    {
        int specs = 0;
        while (true)
        {
            int comma = set.IndexOf((byte)',');
            ReadOnlySpan<byte> spec = comma < 0 ? set : set[..comma];
            spec = HttpGrammar.WithoutOws(spec).Of(spec);
            if (!spec.IsEmpty) // RFC 9110 §5.6.1.2: empty members are left out
            {
                if (++specs > MaxRanges || !TryReadSpec(spec, length, out ByteRange range)) return RangeOutcome.Whole;
                if (range.Length > 0) Add(range, into, ref count);
            }
            if (comma < 0) break;
            set = set[(comma + 1)..];
        }
        if (count > 0) return RangeOutcome.Parts;
        return specs > 0 && length > 0 ? RangeOutcome.Unsatisfiable : RangeOutcome.Whole; // of nothing, all is sent: there is no range to name
    }

    // int-range = first-pos "-" [ last-pos ];  suffix-range = "-" suffix-length. A range that is not there comes out with no bytes.
    static bool TryReadSpec(ReadOnlySpan<byte> spec, long length, out ByteRange range)
    {
        range = new(0, -1);
        int dash = spec.IndexOf((byte)'-');
        if (dash < 0) return false;
        if (dash == 0)
        {
            if (!TryReadNumber(spec[1..], out long suffix)) return false;
            range = new(Math.Max(0, length - suffix), length - 1);
            return true;
        }
        long last = long.MaxValue;
        if (!TryReadNumber(spec[..dash], out long first)) return false;
        if (dash + 1 < spec.Length && !TryReadNumber(spec[(dash + 1)..], out last)) return false;
        if (last < first) return false; // §14.1.1: invalid, not merely empty
        if (first < length) range = new(first, Math.Min(last, length - 1));
        return true;
    }

    // 1*DIGIT. A number too large to count is beyond every end.
    static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        if (digits.IsEmpty || digits.ContainsAnyExcept(HttpGrammar.Digits)) return false;
        foreach (byte digit in digits)
            number = number > (long.MaxValue - 9) / 10 ? long.MaxValue : number * 10 + (digit - '0');
        return true;
    }

    // Joins the range with all that it overlaps or touches, at the place of the first of them.
    static void Add(ByteRange range, Span<ByteRange> into, ref int count)
    {
        int place = count, kept = 0;
        for (int i = 0; i < count; i++)
        {
            ByteRange other = into[i];
            if (range.First <= other.Last + 1 && other.First <= range.Last + 1)
            {
                range = new(Math.Min(range.First, other.First), Math.Max(range.Last, other.Last));
                place = Math.Min(place, kept);
            }
            else into[kept++] = other;
        }
        place = Math.Min(place, kept);
        into[place..kept].CopyTo(into[(place + 1)..]);
        into[place] = range;
        count = kept + 1;
    }
}
