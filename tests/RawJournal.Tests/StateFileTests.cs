using RawJournal.Wire;

namespace RawJournal.Tests;

public sealed class StateFileTests : IDisposable
{
    static readonly JournalState One = new(FsyncPolicy.Every, BootMark.OfId("a"), false, false), Other = One with { IsClosed = true };

    readonly TempFolder folder = new();
    readonly TestDisk disk = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_may_be_none() => Assert.Null(new StateFile(disk, folder.Path).Read());

    [Fact]
    public void It_is_replaced_as_a_whole_and_for_good()
    {
        StateFile file = new(disk, folder.Path);
        file.Write(One);
        Assert.Equal("write, flush, move, folder", disk.DoneSince(() => file.Write(Other)));
        Assert.Equal(Other, file.Read());
        Assert.Equal(["state"], folder.Files);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("flush")]
    [InlineData("move")]
    public void What_cannot_be_replaced_stays(string call)
    {
        StateFile file = new(disk, folder.Path);
        file.Write(One);
        disk.Fails = (call, 1);
        Assert.Throws<IOException>(() => file.Write(Other));
        Assert.Equal(One, file.Read());
        file.Write(Other);
        Assert.Equal(Other, file.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("rawjournal 1\npolicy every\n")]
    public void A_broken_one_is_none(string text)
    {
        File.WriteAllText(folder.Of("state"), text);
        Assert.Null(new StateFile(disk, folder.Path).Read());
    }
}
