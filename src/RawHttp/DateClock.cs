using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>The value of the Date field, made once per second for all connections. RFC 9110 §6.6.1. Any thread.</summary>
/// <param name="heartbeat">Tells when a second is over, and what time it is.</param>
sealed class DateClock(Heartbeat heartbeat)
{
    sealed record Second(long Number, long Seconds, byte[] Text);

    volatile Second present = new(-1, 0, []);

    internal ReadOnlySpan<byte> Now => Present.Text;

    /// <summary>The same moment in seconds since 1970: what the dates of a request are compared with.</summary>
    internal long NowSeconds => Present.Seconds;

    Second Present
    {
        get
        {
            long number = heartbeat.NowMilliseconds / 1000;
            Second second = present;
            if (second.Number == number) return second;
            byte[] text = new byte[HttpDate.Length];
            long seconds = heartbeat.Time.GetUtcNow().ToUnixTimeSeconds();
            HttpDate.Write(text, seconds);
            return present = new(number, seconds, text);
        }
    }
}
