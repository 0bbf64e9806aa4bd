using System.Buffers.Text;

namespace RawHttp.Wire;

/// <summary>
/// A date as fields hold it, RFC 9110 §5.6.7, here in whole seconds since 1970-01-01 00:00:00 UTC. Three forms are read, one is written:
/// <c>HTTP-date = IMF-fixdate / obs-date</c>, <c>obs-date = rfc850-date / asctime-date</c>. Letters count with their case.
/// </summary>
public static class HttpDate
{
    /// <summary>Bytes of the form that is written.</summary>
    public const int Length = 29;

    const long FirstSecond = -62_135_596_800; // 0001-01-01
    const long LastSecond = 253_402_300_799;  // 9999-12-31 23:59:59

    static ReadOnlySpan<byte> Days => "SunMonTueWedThuFriSat"u8;

    static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>Reads any of the three forms. The day of the week must be the one that the date falls on.</summary>
    /// <param name="text">A field's value.</param>
    /// <param name="nowSeconds">The present, which tells the century of a year of two digits.</param>
    /// <param name="seconds">The date; 0 when the answer is false.</param>
    /// <returns>False when it is no date: a condition with one does not count (RFC 9110 §13.1.3, §13.1.4).</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, long nowSeconds, out long seconds)
    {
        seconds = 0;
        if (text.Length == Length && text[3] == ',') return TryReadFixed(text, out seconds);
        if (text.Length == 24 && text[3] == ' ') return TryReadAsctime(text, out seconds);
        return TryReadRfc850(text, nowSeconds, out seconds);
    }

    /// <summary>Writes <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    /// <param name="into">Room for <see cref="Length"/> bytes.</param>
    /// <param name="seconds">A moment of the years 1 to 9999.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is in another year.</exception>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public static void Write(Span<byte> into, long seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, FirstSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(seconds, LastSecond);
        if (into.Length < Length) throw new ArgumentException("There is no room for the date.", nameof(into));
        DateTime date = DateTime.UnixEpoch.AddSeconds(seconds);
        Utf8Formatter.TryFormat(date, into, out _, 'R'); // RFC 9110 §5.6.7: IMF-fixdate is what the letter R stands for
    }

    // IMF-fixdate = day-name "," SP day SP month SP year SP time-of-day SP GMT:  Sun, 06 Nov 1994 08:49:37 GMT
    static bool TryReadFixed(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text[4] != ' ' || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || !text[25..].SequenceEqual(" GMT"u8)) return false;
        int year = Number(text[12..14]) * 100 + Number(text[14..16]);
        return Number(text[12..14]) >= 0 && Number(text[14..16]) >= 0
            && TryJoin(DayOfWeek(text[..3]), year, Month(text[8..11]), Number(text[5..7]), text[17..25], out seconds);
    }

    // asctime-date = day-name SP month SP ( 2DIGIT / ( SP DIGIT ) ) SP time-of-day SP year:  Sun Nov  6 08:49:37 1994
    static bool TryReadAsctime(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text[7] != ' ' || text[10] != ' ' || text[19] != ' ') return false;
        int day = text[8] == ' ' ? Digit(text[9]) : Number(text[8..10]);
        int year = Number(text[20..22]) * 100 + Number(text[22..24]);
        return Number(text[20..22]) >= 0 && Number(text[22..24]) >= 0
            && TryJoin(DayOfWeek(text[..3]), year, Month(text[4..7]), day, text[11..19], out seconds);
    }

    // rfc850-date = day-name-l "," SP day "-" month "-" 2DIGIT SP time-of-day SP GMT:  Sunday, 06-Nov-94 08:49:37 GMT
    static bool TryReadRfc850(ReadOnlySpan<byte> text, long nowSeconds, out long seconds)
    {
        seconds = 0;
        int comma = text.IndexOf((byte)',');
        if (comma < 0 || text.Length != comma + 24) return false;
        ReadOnlySpan<byte> rest = text[comma..];
        if (rest[1] != ' ' || rest[4] != '-' || rest[8] != '-' || rest[11] != ' ' || !rest[20..].SequenceEqual(" GMT"u8)) return false;
        if (Number(rest[9..11]) < 0) return false;
        DateTime latest = FiftyYearsAfter(nowSeconds);
        int year = latest.Year - (latest.Year - Number(rest[9..11])) % 100;
        if (TryJoin(LongDayOfWeek(text[..comma]), year, Month(rest[5..8]), Number(rest[2..4]), rest[12..20], out seconds) && IsUpTo(latest, seconds)) return true;
        return TryJoin(LongDayOfWeek(text[..comma]), year - 100, Month(rest[5..8]), Number(rest[2..4]), rest[12..20], out seconds) && year == latest.Year;
    }

    // RFC 9110 §5.6.7: a date that seems to be more than 50 years in the future is of the most recent year in the past with the same two digits.
    static DateTime FiftyYearsAfter(long nowSeconds) =>
        DateTime.UnixEpoch.AddSeconds(Math.Clamp(nowSeconds, FirstSecond, LastSecond - 51L * 366 * 86_400)).AddYears(50);

    static bool IsUpTo(DateTime latest, long seconds) => seconds <= (long)(latest - DateTime.UnixEpoch).TotalSeconds;

    static bool TryJoin(int dayOfWeek, int year, int month, int day, ReadOnlySpan<byte> time, out long seconds)
    {
        seconds = 0;
        if (year is < 1 or > 9999 || month < 1 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        int hour = Number(time[..2]), minute = Number(time[3..5]), second = Number(time[6..8]);
        if (time[2] != ':' || time[5] != ':' || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60) return false; // 60: a leap second
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        seconds = Math.Min(LastSecond, (long)(date - DateTime.UnixEpoch).TotalSeconds + hour * 3600 + minute * 60 + second);
        if ((int)date.DayOfWeek == dayOfWeek) return true;
        seconds = 0;
        return false;
    }

    static int DayOfWeek(ReadOnlySpan<byte> name) => IndexIn(Days, name);

    static int LongDayOfWeek(ReadOnlySpan<byte> name)
    {
        for (int day = 0; day < 7; day++)
            if (name.SequenceEqual(LongDay(day))) return day;
        return -1;
    }

    static ReadOnlySpan<byte> LongDay(int day) => day switch
    {
        0 => "Sunday"u8,
        1 => "Monday"u8,
        2 => "Tuesday"u8,
        3 => "Wednesday"u8,
        4 => "Thursday"u8,
        5 => "Friday"u8,
        _ => "Saturday"u8,
    };

    static int Month(ReadOnlySpan<byte> name) => IndexIn(Months, name) + 1;

    static int IndexIn(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        for (int at = 0; at < names.Length; at += 3)
            if (names.Slice(at, 3).SequenceEqual(name)) return at / 3;
        return -1;
    }

    // Two digits, or -1.
    static int Number(ReadOnlySpan<byte> digits)
    {
        int tens = Digit(digits[0]), ones = Digit(digits[1]);
        return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
    }

    static int Digit(byte character) => character is >= (byte)'0' and <= (byte)'9' ? character - '0' : -1;
}
