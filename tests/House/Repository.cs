using System.Text.RegularExpressions;

namespace House;

/// <summary>The files of this repository, found from where the tests were built.</summary>
static partial class Repository
{
    /// <summary>The libraries under src; the exe is not one of them.</summary>
    public static readonly string[] Libraries = ["RawNet", "RawHttp", "RawWebSocket", "RawSse", "RawLongPoll", "RawHub", "RawJournal"];

    static readonly string[] NotOurs = ["bin", "obj", "node_modules", "TestResults", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>Set to 1, it rewrites the committed files that a test compares with, instead of failing.</summary>
    public static bool Rewrites => Environment.GetEnvironmentVariable("UPDATE_HOUSE") == "1";

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative)).ReplaceLineEndings("\n");

    /// <summary>Paths under a folder, relative to the root and with forward slashes, without what tools made.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        string start = PathOf(folder);
        if (!Directory.Exists(start)) return [];
        return Directory.EnumerateFiles(start, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(NotOurs.Contains))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Source text without comments and without the content of strings, so that a word search finds code only.</summary>
    public static string CodeOf(string text) => CommentsAndStrings().Replace(text, found => found.Value[0] == '/' ? "" : "\"\"");

    public static string AssemblyPath(string project) => Path.Combine(AppContext.BaseDirectory, (project == "RawRealtime" ? "rawrealtime" : project) + ".dll");

    /// <summary>Fails when there is one, and shows them all.</summary>
    public static void None(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join('\n', found));

    /// <summary>Fails when a committed file differs from what the code says, or writes it when asked to.</summary>
    public static void Committed(string relative, string content)
    {
        string path = PathOf(relative);
        if (Rewrites)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
        string committed = File.Exists(path) ? Read(relative) : "";
        Assert.True(committed == content, $"{relative} differs from the code. Look at the change, then write it: UPDATE_HOUSE=1 dotnet test tests/House\n{FirstDifference(committed, content)}");
    }

    static string FirstDifference(string committed, string content)
    {
        string[] was = committed.Split('\n'), now = content.Split('\n');
        int line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}\n  committed: {was.ElementAtOrDefault(line)}\n  code says: {now.ElementAtOrDefault(line)}";
    }

    static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RawRealtime.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|\"{3,}.*?\"{3,}|@\"(?:[^\"]|\"\")*\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentsAndStrings();
}
