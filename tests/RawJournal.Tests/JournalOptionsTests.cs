using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class JournalOptionsTests
{
    public static TheoryData<JournalOptions, string?> All => new()
    {
        { new(), null },
        { new() { SegmentBytes = 1, FsyncMilliseconds = 1, MaxPendingBytes = (16 << 20) + 16 }, null },
        { new() { SegmentBytes = 1 << 30, FsyncMilliseconds = 3_600_000, MaxPendingBytes = 512 << 20 }, null },
        { new() { SegmentBytes = 0 }, "SegmentBytes" },
        { new() { SegmentBytes = (1L << 30) + 1 }, "SegmentBytes" },
        { new() { FsyncMilliseconds = 0 }, "FsyncMilliseconds" },
        { new() { FsyncMilliseconds = 3_600_001 }, "FsyncMilliseconds" },
        { new() { MaxPendingBytes = 16 << 20 }, "MaxPendingBytes" },
        { new() { MaxPendingBytes = (512 << 20) + 1 }, "MaxPendingBytes" },
        { new() { Fsync = (FsyncPolicy)3 }, "Fsync" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Each_has_its_range(JournalOptions options, string? refused)
    {
        if (refused is null) options.Check();
        else Assert.Equal(refused, Assert.Throws<ArgumentOutOfRangeException>(options.Check).ParamName);
    }
}
