using System.Text;
using RawRealtime.Client;
using Testing;

namespace RawRealtime.Tests.Client;

public sealed class PublishReportTests
{
    static readonly ServerTarget Target = new(new Uri("http://h"));

    static (string Output, string Errors) Told(PublishOptions options, bool isShown, Action<PublishReport, ManualTime> what)
    {
        ManualTime time = new();
        ClientConsole console = ClientRig.ConsoleOf(Stream.Null, out MemoryStream output, out StringWriter errors) with { IsShown = isShown };
        what(new(console, options, time), time);
        return (Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    [Fact]
    public void The_next_program_gets_ids_and_people_get_more()
    {
        Assert.Equal(("e-1\n", ""), Told(new(Target), isShown: false, (report, _) => report.Confirmed(new("e-1", "a", 1))));
        Assert.Equal(("e-1 on a, 1 subscriber\n", ""), Told(new(Target), isShown: true, (report, _) => report.Confirmed(new("e-1", "a", 1))));
        Assert.Equal(("␛ on a, 2 subscribers\n", ""), Told(new(Target), isShown: true, (report, _) => report.Confirmed(new("\e", "a", 2))));
    }

    [Fact]
    public void Of_lines_what_was_refused_is_told_and_the_sum()
    {
        (string output, string errors) = Told(new(Target) { AreLines = true }, isShown: false, (report, time) =>
        {
            report.Confirmed(new("e-1", "a", 1));
            time.Advance(2000);
            report.Confirmed(new("e-2", "a", 1));
            report.RefusedLine(3, "bad-line", "why");
            report.Ended(new(ClientExit.Refused, "lines-refused", "Not all."));
        });
        Assert.Equal(("", "rawrealtime: line 3: bad-line: why\n2 published, 1 refused, 1 a second\nrawrealtime: Not all.\n"), (output, errors));
    }

    [Fact]
    public void On_a_terminal_the_sum_grows()
    {
        (_, string errors) = Told(new(Target) { AreLines = true }, isShown: true, (report, time) =>
        {
            report.Confirmed(new("e-1", "a", 1));
            time.Advance(1000);
            report.Confirmed(new("e-2", "a", 1));
            report.Ended(new(ClientExit.Normal, "done", ""));
        });
        Assert.Equal("\r\e[K2 published, 0 refused, 2 a second\r\e[K2 published, 0 refused, 2 a second\n", errors);
    }
}
