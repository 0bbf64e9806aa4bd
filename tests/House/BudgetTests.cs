using System.Text.RegularExpressions;

namespace House;

/// <summary>What keeps files readable and tests honest.</summary>
public sealed class BudgetTests
{
    const int MaxLines = 300;

    public static TheoryData<string, string, string> Forbidden => new()
    {
        { "src tests", @"catch\s*(\([^)]*\))?\s*\{\s*\}", "an exception is handled or let through, never dropped in silence" },
        { "src tests", @"Thread\.Sleep\s*\(", "a wait has a reason: wait for it" },
        { "tests", @"Task\.Delay\s*\(", "a test waits for what it needs, not for a time" },
        { "src", @"\.(Result|GetAwaiter\(\)\.GetResult\(\))(?!\w)\s*[;,)]", "blocking on a task starves the thread pool" },
        { "src", @"\.(Wait|WaitAll)\(\s*\)", "blocking on a task starves the thread pool" },
        { "src", @"\basync\s+void\b", "nobody could see its exception" },
    };

    [Fact]
    public void Files_fit_on_a_few_screens()
    {
        IEnumerable<string> tooLong = Repository.Files("src", "*.cs")
            .Select(path => (path, lines: Repository.Read(path).TrimEnd('\n').Split('\n').Length))
            .Where(file => file.lines > MaxLines).Select(file => $"{file.path}: {file.lines} lines");
        Repository.None(tooLong);
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Forbidden_code_is_nowhere(string folders, string pattern, string why)
    {
        IEnumerable<string> found = folders.Split(' ').SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Where(path => Regex.IsMatch(Repository.CodeOf(Repository.Read(path)), pattern));
        Assert.False(found.Any(), $"{string.Join(", ", found)}: {why}");
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        Regex later = new(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b");
        IEnumerable<string> sources = Repository.Files("src", "*.*").Concat(Repository.Files("tests", "*.cs")).Concat(Repository.Files("docs", "*.md"));
        Repository.None(sources.Where(path => later.IsMatch(Repository.Read(path))));
    }

    [Theory]
    [InlineData("try { F(); } catch { }", 0)]
    [InlineData("try { F(); } catch (Exception e) { }", 0)]
    [InlineData("Thread.Sleep(10);", 1)]
    [InlineData("await Task.Delay(1);", 2)]
    [InlineData("int x = task.Result;", 3)]
    [InlineData("x.GetAwaiter().GetResult();", 3)]
    [InlineData("task.Wait();", 4)]
    [InlineData("async void F()", 5)]
    public void Each_pattern_finds_what_it_is_for(string source, int row) =>
        Assert.Matches(((IEnumerable<object[]>)Forbidden).ElementAt(row)[1].ToString()!, Repository.CodeOf(source));
}
