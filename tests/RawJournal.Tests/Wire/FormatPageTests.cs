using System.Text.RegularExpressions;
using RawJournal.Wire;

namespace RawJournal.Tests.Wire;

/// <summary>The example in docs/journal.md is what the code writes.</summary>
public sealed class FormatPageTests
{
    [Fact]
    public void The_bytes_in_the_page_are_those_of_the_code()
    {
        IEnumerable<string> bytes = PageLines().Where(line => Regex.IsMatch(line, "^([0-9A-F]{2} ){4}"))
            .SelectMany(line => Regex.Match(line, "^(?:[0-9A-F]{2} {1,2})+").Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        byte[] page = [.. bytes.Select(one => Convert.ToByte(one, 16))];
        Assert.Equal(Segments.Of(("one", SegmentHeader.Bytes), ("two", SegmentHeader.Bytes)), page);
    }

    [Fact]
    public void The_state_in_the_page_is_one()
    {
        string[] lines = [.. PageLines().SkipWhile(line => line != "rawjournal 1").TakeWhile(line => line != "```")];
        JournalState? state = JournalState.Parse(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        Assert.Equal((FsyncPolicy.Interval, false, false), (state!.Policy, state.IsClosed, state.IsTailDoubted));
    }

    static string[] PageLines()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RawRealtime.sln"))) folder = folder.Parent!;
        return File.ReadAllLines(Path.Combine(folder.FullName, "docs", "journal.md"));
    }
}
