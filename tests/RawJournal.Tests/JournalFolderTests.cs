using System.Diagnostics;
using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class JournalFolderTests : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void It_is_open_once()
    {
        using (JournalFolder.Lock(temp.Path, new()))
        {
            JournalException refused = Assert.Throws<JournalException>(() => JournalFolder.Lock(temp.Path + "/", new()));
            Assert.StartsWith($"The folder {temp.Path} is in use", refused.Message, StringComparison.Ordinal);
        }
        JournalFolder.Lock(temp.Path, new()).Dispose();
    }

    [Fact]
    public void One_that_it_makes_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        string made = temp.Of("made");
        JournalFolder.Lock(made, new()).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
    }

    [Fact]
    public void Another_process_is_refused_too()
    {
        using JournalFolder held = JournalFolder.Lock(temp.Path, new());
        using Process child = CrashTests.Start(temp.Path, FsyncPolicy.Never, errors: true);
        string error = child.StandardError.ReadToEnd();
        child.WaitForExit();
        Assert.NotEqual(0, child.ExitCode);
        Assert.Contains($"The folder {temp.Path} is in use", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_its_place_is_refused()
    {
        File.WriteAllText(temp.Of("file"), "x");
        Assert.ThrowsAny<IOException>(() => JournalFolder.Lock(temp.Of("file"), new()));
    }

    [Fact]
    public void Segments_come_in_the_order_of_their_numbers()
    {
        using JournalFolder folder = JournalFolder.Lock(temp.Path, new());
        foreach (string name in new[] { "0000000010.segment", "0000000002.segment", "0000000003.segment-new", "0000000000.segment", "x.segment" })
            File.WriteAllText(temp.Of(name), "");
        Assert.Equal([2, 10], folder.Segments());
        Assert.Equal([temp.Of("0000000003.segment-new")], folder.Unfinished());
    }
}
