using System.CommandLine;
using RawHttp;
using RawNet;
using RawRealtime.Cli;

namespace RawRealtime.Tests.Cli;

public sealed class LimitSettingsTests
{
    static (HttpServerOptions? Options, string? Error) Read(string line)
    {
        LimitSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        ParseResult parsed = root.Parse(line);
        return parsed.Errors is [var first, ..] ? (null, first.Message) : (settings.Read(parsed), null);
    }

    static readonly Func<HttpServerOptions, object>[] Values =
    [
        o => o.Limits.MaxRequestLineBytes, o => o.Limits.MaxHeadBytes, o => o.Limits.MaxFields, o => o.HeadMilliseconds,
        o => o.Limits.MaxBodyBytes, o => o.MinBodyBytesPerSecond, o => o.BodyGraceMilliseconds,
        o => o.Sending.MaxBytes, o => o.Sending.Budget?.MaxBytes ?? SendBudget.QuarterOfMemory, o => o.Sending.MinBytesPerSecond, o => o.Sending.GraceMilliseconds, o => o.Sending.StallMilliseconds,
        o => o.IdleMilliseconds, o => o.MaxRequests, o => o.MaxDiscardBytes, o => o.LingerMilliseconds, o => o.MaxLingerMilliseconds,
        o => o.Listening.MaxConnections,
    ];

    public static TheoryData<string, int, long> Settings => new()
    {
        // typed                          which   arrives as
        { "--request-line-bytes 64",      0,      64 },
        { "--head-bytes 1MiB",            1,      1 << 20 },
        { "--head-fields 7",              2,      7 },
        { "--head-time 2s",               3,      2_000 },
        { "--body-bytes 3GiB",            4,      3L << 30 },
        { "--body-rate 1000",             5,      1_000 },
        { "--body-grace 0",               6,      0 },
        { "--send-queue-bytes 8KiB",      7,      8 << 10 },
        { "--send-total-bytes 3GiB",      8,      3L << 30 },
        { "--send-rate 500",              9,      500 },
        { "--send-grace 1m",              10,     60_000 },
        { "--send-stall 30s",             11,     30_000 },
        { "--idle-time 10",               12,     10_000 },
        { "--requests-per-connection 1",  13,     1 },
        { "--discard-bytes 0",            14,     0 },
        { "--linger-time 500ms",          15,     500 },
        { "--max-linger-time 0",          16,     0 },
        { "--max-connections 5",          17,     5 },
    };

    [Theory, MemberData(nameof(Settings))]
    public void Each_setting_arrives_where_it_counts_and_nowhere_else(string line, int which, long expected)
    {
        HttpServerOptions defaults = new(), options = Read(line).Options!;
        for (int i = 0; i < Values.Length; i++)
            Assert.Equal(i == which ? expected : Convert.ToInt64(Values[i](defaults), null), Convert.ToInt64(Values[i](options), null));
    }

    [Fact]
    public void None_is_without_a_test() => Assert.Equal(new LimitSettings().All.Select(s => s.Name), ((IEnumerable<object[]>)Settings).Select(row => ((string)row[0]).Split(' ')[0]));

    [Theory]
    [InlineData("--head-time 0", "'0' is out of range for --head-time: 1ms to 1d.")]
    [InlineData("--head-time 2d", "'2d' is out of range for --head-time: 1ms to 1d.")]
    [InlineData("--head-bytes 127", "'127' is out of range for --head-bytes: 128B to 16MiB.")]
    [InlineData("--body-bytes 2TiB", "'2TiB' is not a size such as 16MiB.")]
    [InlineData("--head-fields 0", "'0' is out of range for --head-fields: 1 to 10000.")]
    [InlineData("--body-rate 0", "'0' is out of range for --body-rate: 1 to 1073741824.")]
    [InlineData("--body-rate fast", "'fast' is not a whole number.")]
    [InlineData("--body-grace -1s", "'-1s' is not a time such as 90s or 1h.")]
    [InlineData("--requests-per-connection 0", "'0' is out of range for --requests-per-connection: 1 to 1000000000.")]
    [InlineData("--send-queue-bytes 4095", "'4095' is out of range for --send-queue-bytes: 4KiB to 1GiB.")]
    [InlineData("--send-queue-bytes 2GiB", "'2GiB' is out of range for --send-queue-bytes: 4KiB to 1GiB.")]
    [InlineData("--send-total-bytes much", "'much' is not a size such as 16MiB.")]
    [InlineData("--max-connections 0", "'0' is out of range for --max-connections: 1 to 1000000000.")]
    public void Out_of_range_is_one_clear_line(string line, string expected) => Assert.Equal(expected, Read(line).Error);

    [Theory] // whatever the settings let through, the options take
    [InlineData("--request-line-bytes 1MiB --head-bytes 16MiB --head-fields 10000 --body-bytes 1024GiB --head-time 1d --idle-time 1d")]
    [InlineData("--body-rate 1073741824 --body-grace 1d --send-rate 1073741824 --send-grace 1d --send-stall 1d --max-linger-time 1d --linger-time 1d --discard-bytes 1GiB")]
    [InlineData("--send-queue-bytes 1GiB --send-total-bytes 1048576GiB")]
    [InlineData("--send-queue-bytes 4KiB --send-total-bytes 0")]
    [InlineData("--request-line-bytes 64 --head-bytes 128 --head-fields 1 --body-bytes 0 --head-time 1ms --idle-time 1ms --body-rate 1 --body-grace 0")]
    public void The_ends_of_each_range_are_taken(string line) => Assert.NotNull(Read(line).Options);
}
