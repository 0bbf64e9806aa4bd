using System.CommandLine;
using System.CommandLine.Parsing;
using RawJournal.Wire;
using RawRealtime.Storage;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>serve</c> that say whether messages survive a restart. docs/journal.md.</summary>
internal sealed class StoreSettings
{
    const string Every = "every", Interval = "interval", Never = "never";

    readonly Option<DirectoryInfo?> data = new("--data")
    {
        Description = "Folder in which messages are written down, so that they and all cursors survive a restart; made if it is not there",
        HelpName = "folder",
    };

    readonly Option<string> fsync = new("--data-fsync")
    {
        Description = "When written messages are made safe against a loss of power: before they are acknowledged and delivered, once in --data-fsync-time, or when the system likes. A crash of the server loses nothing in any case",
        HelpName = $"{Every}|{Interval}|{Never}",
        DefaultValueFactory = _ => Every,
    };

    readonly Option<Duration> fsyncTime = new("--data-fsync-time")
    {
        Description = $"With --data-fsync {Interval}: how long a message may wait to be made safe",
        HelpName = "time",
        DefaultValueFactory = _ => new(TimeSpan.FromSeconds(1)),
        CustomParser = ReadFsyncTime,
    };

    readonly Option<ByteSize> segmentBytes = new("--data-segment-bytes")
    {
        Description = "Size from which a new file is begun; a file goes once none of its messages is kept",
        HelpName = "size",
        DefaultValueFactory = _ => new(64L << 20),
        CustomParser = ReadSegmentBytes,
    };

    public StoreSettings() => fsync.AcceptOnlyFromAmong(Every, Interval, Never);

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [data, fsync, fsyncTime, segmentBytes];

    /// <summary>What was set; null for nowhere.</summary>
    public StoreOptions? Read(ParseResult parsed) => parsed.GetValue(data) is not { } folder ? null : new(folder.FullName, new()
    {
        Fsync = parsed.GetValue(fsync) switch { Interval => FsyncPolicy.Interval, Never => FsyncPolicy.Never, _ => FsyncPolicy.Every },
        FsyncMilliseconds = (int)parsed.GetValue(fsyncTime).Time.TotalMilliseconds,
        SegmentBytes = parsed.GetValue(segmentBytes).Bytes,
    });

    static Duration ReadFsyncTime(ArgumentResult result)
    {
        Duration time = ServeSettings.Read<Duration>(result, Quantities.TryReadDuration, "a time such as 500ms");
        Check(result, time.Time >= TimeSpan.FromMilliseconds(1) && time.Time <= TimeSpan.FromHours(1), "--data-fsync-time: 1ms to 1h");
        return time;
    }

    static ByteSize ReadSegmentBytes(ArgumentResult result)
    {
        ByteSize size = ServeSettings.Read<ByteSize>(result, Quantities.TryReadBytes, "a size such as 64MiB");
        Check(result, size.Bytes is >= 4096 and <= 1 << 30, "--data-segment-bytes: 4KiB to 1GiB");
        return size;
    }

    static void Check(ArgumentResult result, bool isIn, string range)
    {
        if (!result.Errors.Any() && !isIn) result.AddError($"'{result.Tokens[0].Value}' is out of range for {range}.");
    }
}
