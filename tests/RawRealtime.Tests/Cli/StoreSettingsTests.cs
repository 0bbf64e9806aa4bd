using System.CommandLine;
using RawJournal;
using RawJournal.Wire;
using RawRealtime.Cli;
using RawRealtime.Storage;

namespace RawRealtime.Tests.Cli;

public sealed class StoreSettingsTests
{
    static (StoreOptions? Options, string? Error) Read(string line)
    {
        StoreSettings settings = new();
        RootCommand root = new();
        foreach (Option option in settings.All) root.Add(option);
        ParseResult parsed = root.Parse(line);
        return parsed.Errors is [var first, ..] ? (null, first.Message) : (settings.Read(parsed), null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--data-fsync never --data-fsync-time 5s --data-segment-bytes 1MiB")]
    public void Without_a_folder_nothing_is_written_down(string line) => Assert.Equal((null, null), Read(line));

    [Fact]
    public void Each_message_is_made_safe_before_it_is_acknowledged_unless_set() =>
        Assert.Equal(new JournalOptions { Fsync = FsyncPolicy.Every, FsyncMilliseconds = 1_000, SegmentBytes = 64 << 20 }, Read("--data d").Options!.Journal);

    [Fact]
    public void The_folder_is_a_whole_path() => Assert.Equal(Path.GetFullPath("some/where"), Read("--data some/where").Options!.Directory);

    public static TheoryData<string, JournalOptions> Settings => new()
    {
        // typed                            arrives as
        { "--data-fsync every",             Usual with { Fsync = FsyncPolicy.Every } },
        { "--data-fsync interval",          Usual with { Fsync = FsyncPolicy.Interval } },
        { "--data-fsync never",             Usual with { Fsync = FsyncPolicy.Never } },
        { "--data-fsync-time 1ms",          Usual with { FsyncMilliseconds = 1 } },
        { "--data-fsync-time 1h",           Usual with { FsyncMilliseconds = 3_600_000 } },
        { "--data-segment-bytes 4KiB",      Usual with { SegmentBytes = 4096 } },
        { "--data-segment-bytes 1GiB",      Usual with { SegmentBytes = 1 << 30 } },
    };

    static JournalOptions Usual => Read("--data d").Options!.Journal;

    [Theory, MemberData(nameof(Settings))]
    public void Each_setting_arrives(string line, JournalOptions expected) => Assert.Equal(expected, Read("--data d " + line).Options!.Journal);

    [Theory]
    [InlineData("--data-fsync-time 0", "'0' is out of range for --data-fsync-time: 1ms to 1h.")]
    [InlineData("--data-fsync-time 2h", "'2h' is out of range for --data-fsync-time: 1ms to 1h.")]
    [InlineData("--data-fsync-time soon", "'soon' is not a time such as 500ms.")]
    [InlineData("--data-segment-bytes 4095", "'4095' is out of range for --data-segment-bytes: 4KiB to 1GiB.")]
    [InlineData("--data-segment-bytes 2GiB", "'2GiB' is out of range for --data-segment-bytes: 4KiB to 1GiB.")]
    [InlineData("--data-segment-bytes large", "'large' is not a size such as 64MiB.")]
    public void Out_of_range_is_one_clear_line(string line, string expected) => Assert.Equal(expected, Read(line).Error);

    [Fact]
    public void A_policy_that_there_is_not_is_told_with_those_that_there_are() => Assert.Contains("'interval'", Read("--data-fsync sometimes").Error);
}
