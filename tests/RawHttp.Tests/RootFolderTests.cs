namespace RawHttp.Tests;

public sealed class RootFolderTests : IDisposable
{
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_path_in_the_folder_is_found_whether_something_is_there_or_not()
    {
        var root = new RootFolder(folder.Root);
        Assert.EndsWith(Path.Combine("root", "a", "b"), root.Find("a/b"));
        Assert.Null(root.Find("")); // the folder itself is not in the folder
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("../rootx")]   // begins like the folder, and is another
    [InlineData("/etc/passwd")]
    public void A_path_that_leads_up_is_not_found_though_nobody_should_ask(string path) => Assert.Null(new RootFolder(folder.Root).Find(path));

    [Theory]
    // link → what it points to                   where it leads, null for out
    [InlineData("l", "real.txt", "real.txt")]
    [InlineData("l", "./sub/../real.txt", "real.txt")]
    [InlineData("l", "../root/real.txt", "real.txt")]
    [InlineData("l", "..", null)]
    [InlineData("l", ".", null)]
    [InlineData("l", "../beside", null)]
    [InlineData("l", "../rootbeside", null)]
    [InlineData("l", "/etc/passwd", null)]
    [InlineData("l", "l", null)]               // a circle
    public void A_link_is_followed_and_judged_again(string link, string target, string? leads)
    {
        folder.Write("real.txt", "");
        folder.Write("../beside", "");
        folder.Link(link, target);
        string? expected = leads is null ? null : new RootFolder(folder.Root).Find(leads);
        Assert.Equal(expected, new RootFolder(folder.Root).Find(link));
    }

    [Fact]
    public void A_link_in_the_middle_is_followed_too()
    {
        folder.Write("real/a.txt", "");
        folder.Write("../beside/a.txt", "");
        folder.Link("in", "real");
        folder.Link("out", "../beside");
        folder.Link("in-and-out", "in/../../beside");
        Assert.EndsWith(Path.Combine("root", "real", "a.txt"), new RootFolder(folder.Root).Find("in/a.txt"));
        Assert.Null(new RootFolder(folder.Root).Find("out/a.txt"));
        Assert.Null(new RootFolder(folder.Root).Find("in-and-out/a.txt"));
    }

    [Fact]
    public void The_folder_itself_may_be_a_link_and_end_with_a_slash()
    {
        folder.Write("real/a.txt", "");
        folder.Link("../link", "root/real");
        Assert.EndsWith(Path.Combine("root", "real", "a.txt"), new RootFolder(folder.PathOf("../link") + Path.DirectorySeparatorChar).Find("a.txt"));
    }

    [Fact]
    public void A_folder_that_is_a_circle_is_none()
    {
        folder.Link("circle", "circle");
        Assert.Throws<DirectoryNotFoundException>(() => new RootFolder(folder.PathOf("circle")));
    }
}
