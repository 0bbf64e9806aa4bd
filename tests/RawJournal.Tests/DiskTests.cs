namespace RawJournal.Tests;

public sealed class DiskTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_can_be_synced() => new Disk().FlushFolder(folder.Path);

    [Fact]
    public void A_folder_that_is_not_there_cannot()
    {
        if (!OperatingSystem.IsLinux()) return;
        IOException failed = Assert.Throws<IOException>(() => new Disk().FlushFolder(folder.Of("none")));
        Assert.Contains(folder.Of("none"), failed.Message, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void To_delete_what_is_gone_is_no_mistake() => new Disk().Delete(folder.Of("none"));
}
