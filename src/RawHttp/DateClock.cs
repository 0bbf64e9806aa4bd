using System.Globalization;
using RawNet;

namespace RawHttp;

/// <summary>The value of the Date field, made once per second for all connections. RFC 9110 §5.6.7: <c>IMF-fixdate</c>. Any thread.</summary>
/// <param name="heartbeat">Tells when a second is over, and what time it is.</param>
sealed class DateClock(Heartbeat heartbeat)
{
    sealed record Second(long Number, byte[] Text);

    volatile Second present = new(-1, []);

    internal ReadOnlySpan<byte> Now
    {
        get
        {
            long number = heartbeat.NowMilliseconds / 1000;
            Second second = present;
            if (second.Number == number) return second.Text;
            string text = heartbeat.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            present = second = new(number, System.Text.Encoding.ASCII.GetBytes(text));
            return second.Text;
        }
    }
}
