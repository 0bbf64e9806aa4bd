using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class HttpDateTests
{
    const long Example = 784_111_777; // Sun, 06 Nov 1994 08:49:37 GMT
    const long Now = 1_795_300_000;   // in November 2026

    [Theory]
    // RFC 9110 §5.6.7: its own three examples
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", Example)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", Example)]
    [InlineData("Sun Nov  6 08:49:37 1994", Example)]
    // other days, other forms of a day
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [InlineData("Wed, 31 Dec 1969 23:59:59 GMT", -1)]
    [InlineData("Wed Nov 16 08:49:37 1994", Example + 10 * 86_400)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", -62_135_596_800)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799)]
    [InlineData("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800)]
    // a leap second
    [InlineData("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800)]
    [InlineData("Fri, 31 Dec 9999 23:59:60 GMT", 253_402_300_799)] // none behind the last that can be written
    public void Three_forms_are_read(string text, long seconds)
    {
        Assert.True(HttpDate.TryRead(Bytes.Of(text), Now, out long read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    // RFC 9110 §5.6.7: more than 50 years in the future means the past
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "2026-11-22", "1994-11-06")]
    [InlineData("Wednesday, 01-Jan-76 00:00:00 GMT", "2026-11-22", "2076-01-01")]  // not yet 50 years
    [InlineData("Sunday, 22-Nov-76 00:00:00 GMT", "2026-11-22", "2076-11-22")]     // 50 years to the second
    [InlineData("Tuesday, 23-Nov-76 00:00:00 GMT", "2026-11-22", "1976-11-23")]    // more
    [InlineData("Saturday, 01-Jan-77 00:00:00 GMT", "2026-11-22", "1977-01-01")]
    [InlineData("Saturday, 01-Jan-00 00:00:00 GMT", "2026-11-22", "2000-01-01")]
    [InlineData("Thursday, 01-Jan-05 00:00:00 GMT", "2090-06-01", "2105-01-01")]   // the next century is nearer
    public void A_year_of_two_digits_is_at_most_50_years_ahead(string text, string now, string date)
    {
        Assert.True(HttpDate.TryRead(Bytes.Of(text), Seconds(now), out long read));
        Assert.Equal(Seconds(date), read - read % 86_400);
    }

    [Theory]
    // RFC 9110 §5.6.7: anything else is no date
    [InlineData("")]
    [InlineData("0")]
    [InlineData("784111777")]
    [InlineData("1994-11-06T08:49:37Z")]
    [InlineData("Sun, 06 Nov 1994 08:49:37")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 UTC")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 gmt")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT ")]
    [InlineData(" Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 +000")]
    [InlineData("sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nvo 1994 08:49:37 GMT")]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT")]  // it was a Sunday
    [InlineData("Xyz, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 6 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun,  6 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 00 Nov 1994 08:49:37 GMT")]
    [InlineData("Thu, 31 Nov 1994 08:49:37 GMT")]
    [InlineData("Wed, 29 Feb 2023 00:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 24:00:00 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:60:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49:61 GMT")]
    [InlineData("Sun, 06 Nov 1994 -8:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08.49.37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:49.37 GMT")]
    [InlineData("Sun, 06-Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov-1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994-08:49:37 GMT")]
    [InlineData("Sun,_06 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov x994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 19x4 08:49:37 GMT")]
    [InlineData("Sat, 01 Jan 0000 00:00:00 GMT")]
    [InlineData("Sun, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sonntag, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Monday, 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sunday, 06 Nov 94 08:49:37 GMT")]
    [InlineData("Sunday,_06-Nov-94 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov_94 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94_08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-x4 08:49:37 GMT")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 EST")]
    [InlineData("Sunday, 06-Nov-1994 08:49:37 GMT")]
    [InlineData("Sun Nov 06 08:49:37 94  ")]
    [InlineData("Sun Nov  x 08:49:37 1994")]
    [InlineData("Sun Nov_ 6 08:49:37 1994")]
    [InlineData("Sun Nov  6_08:49:37 1994")]
    [InlineData("Sun Nov  6 08:49:37_1994")]
    [InlineData("Sun Nov  6 08:49:37 x994")]
    [InlineData("Sun Nov  6 08:49:37 19x4")]
    [InlineData("Sun Nov  6 8:49:37 1994 ")]
    public void Anything_else_is_no_date(string text)
    {
        Assert.False(HttpDate.TryRead(Bytes.Of(text), Now, out long read));
        Assert.Equal(0, read);
    }

    [Fact]
    public void Every_prefix_of_a_date_is_no_date()
    {
        foreach (string date in (string[])["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
            for (int length = 0; length < date.Length; length++)
                Assert.False(HttpDate.TryRead(Bytes.Of(date[..length]), Now, out _));
    }

    [Theory]
    [InlineData(Example, "Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData(0, "Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData(-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData(253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT")]
    public void One_form_is_written(long seconds, string text)
    {
        byte[] into = new byte[HttpDate.Length + 1];
        HttpDate.Write(into, seconds);
        Assert.Equal(text + "\0", Bytes.Text(into));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        byte[] into = new byte[HttpDate.Length];
        for (long seconds = -5_000_000_000; seconds < 20_000_000_000; seconds += 7_777_777)
        {
            HttpDate.Write(into, seconds);
            Assert.True(HttpDate.TryRead(into, Now, out long read));
            Assert.Equal(seconds, read);
        }
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        byte[] into = new byte[HttpDate.Length];
        HttpDate.Write(into, Example);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) HttpDate.Write(into, Example + i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(-62_135_596_801)]
    [InlineData(253_402_300_800)]
    public void A_year_beyond_four_digits_cannot_be_written(long seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HttpDate.Write(new byte[HttpDate.Length], seconds));

    [Fact]
    public void Without_room_nothing_is_written() => Assert.Throws<ArgumentException>(() => HttpDate.Write(new byte[HttpDate.Length - 1], 0));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void A_clock_that_is_wrong_does_no_harm(long now) => Assert.True(HttpDate.TryRead("Sun, 06 Nov 1994 08:49:37 GMT"u8, now, out _) | HttpDate.TryRead("Sunday, 06-Nov-94 08:49:37 GMT"u8, now, out _));

    static long Seconds(string date) => new DateTimeOffset(DateTime.Parse(date, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeSeconds();
}
