namespace RawHub;

/// <summary>A time as text, RFC 3339 §5.6: UTC with milliseconds, <c>2026-11-22T16:05:55.123Z</c>.</summary>
public static class Rfc3339
{
    /// <summary>Bytes of every time.</summary>
    public const int Length = 24;

    const long DayMs = 86_400_000;

    static readonly int Day1970 = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Writes <paramref name="unixMs"/> (milliseconds since 1970) as <see cref="Length"/> bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the years 1 to 9999, or <paramref name="into"/> is too short.</exception>
    public static void Format(long unixMs, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, Length);
        long days = Math.DivRem(unixMs, DayMs, out long msOfDay);
        if (msOfDay < 0) (days, msOfDay) = (days - 1, msOfDay + DayMs);
        DateOnly date = DateOnly.FromDayNumber(checked((int)(Day1970 + days)));
        "0000-00-00T00:00:00.000Z"u8.CopyTo(into);
        Digits(into[..4], date.Year);
        Digits(into[5..7], date.Month);
        Digits(into[8..10], date.Day);
        Digits(into[11..13], msOfDay / 3_600_000);
        Digits(into[14..16], msOfDay / 60_000 % 60);
        Digits(into[17..19], msOfDay / 1_000 % 60);
        Digits(into[20..23], msOfDay % 1_000);
    }

    static void Digits(Span<byte> into, long value)
    {
        for (int i = into.Length - 1; i >= 0; i--, value /= 10) into[i] = (byte)('0' + value % 10);
    }
}
