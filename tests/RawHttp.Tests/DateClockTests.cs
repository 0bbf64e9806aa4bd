using RawNet;
using Testing;

namespace RawHttp.Tests;

public class DateClockTests
{
    [Fact]
    public void The_date_changes_with_the_second_and_not_before()
    {
        var time = new ManualTime();
        using var heartbeat = new Heartbeat(time);
        var dates = new DateClock(heartbeat);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 GMT", Bytes.Text(dates.Now));
        time.Advance(900);
        Assert.Equal("Fri, 02 Jan 2026 03:04:05 GMT", Bytes.Text(dates.Now));
        time.Advance(200);
        Assert.Equal("Fri, 02 Jan 2026 03:04:06 GMT", Bytes.Text(dates.Now));
        Assert.Equal("Date: Fri, 02 Jan 2026 03:04:06 GMT\r\n", Bytes.Text(dates.Line));
    }
}
