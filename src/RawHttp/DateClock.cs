using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>The Date field, made once per second for all connections. RFC 9110 §6.6.1. Any thread.</summary>
/// <param name="heartbeat">Tells when a second is over, and what time it is.</param>
sealed class DateClock(Heartbeat heartbeat)
{
    sealed record Second(long Number, long Seconds, byte[] Line);

    static ReadOnlySpan<byte> Name => "Date: "u8;

    volatile Second present = new(-1, 0, []);

    /// <summary>The whole field line, its CRLF included.</summary>
    internal ReadOnlySpan<byte> Line => Present.Line;

    /// <summary>The value alone.</summary>
    internal ReadOnlySpan<byte> Now => Line.Slice(Name.Length, HttpDate.Length);

    /// <summary>The same moment in seconds since 1970: what the dates of a request are compared with.</summary>
    internal long NowSeconds => Present.Seconds;

    Second Present
    {
        get
        {
            long number = heartbeat.NowMilliseconds / 1000;
            Second second = present;
            if (second.Number == number) return second;
            Span<byte> value = stackalloc byte[HttpDate.Length];
            long seconds = heartbeat.Time.GetUtcNow().ToUnixTimeSeconds();
            HttpDate.Write(value, seconds);
            byte[] line = new byte[Name.Length + HttpDate.Length + 2];
            FieldLineWriter.WriteOwn(line, Name, value);
            return present = new(number, seconds, line);
        }
    }
}
