using System.Globalization;
using System.Text;
using CsCheck;

namespace RawHub.Tests;

public class Rfc3339Tests
{
    static string Format(long unixMs)
    {
        byte[] bytes = new byte[Rfc3339.Length];
        Rfc3339.Format(unixMs, bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999Z")]
    [InlineData(951_827_696_789, "2000-02-29T12:34:56.789Z")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    public void A_time_is_UTC_with_milliseconds(long unixMs, string expected) => Assert.Equal(expected, Format(unixMs));

    [Fact]
    public void The_framework_writes_the_same() =>
        Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Sample(unixMs => Format(unixMs) ==
            DateTimeOffset.FromUnixTimeMilliseconds(unixMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
