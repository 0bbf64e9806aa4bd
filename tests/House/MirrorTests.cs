using System.Text.RegularExpressions;

namespace House;

/// <summary>Whoever opens X.cs finds its behaviour in XTests.cs.</summary>
public sealed partial class MirrorTests
{
    /// <summary>Files with logic and no test file of their own name, and why.</summary>
    static readonly Dictionary<string, string> Exceptions = new()
    {
        ["src/RawWebSocket/WsClientOptions.cs"] = "bounds of options stand together in WsOptionsTests",
    };

    [Fact]
    public void Every_file_with_logic_has_a_test_file_of_its_name()
    {
        Repository.None(FilesWithLogic().Where(path => !HasTests(path) && !Exceptions.ContainsKey(path)));
    }

    [Fact]
    public void Exceptions_exist_and_have_no_tests() =>
        Repository.None(Exceptions.Keys.Where(path => !File.Exists(Repository.PathOf(path)) || HasTests(path)));

    [Fact]
    public void Test_files_hold_tests_and_have_a_file_they_mirror_or_a_story()
    {
        IEnumerable<string> empty = Repository.Files("tests", "*Tests.cs").Where(path => !Attributes().IsMatch(Repository.Read(path)));
        Repository.None(empty);
    }

    [Theory]
    [InlineData("int F(int x) { if (x > 1) return 2; return 3; }", true)]
    [InlineData("int F(int x) => x switch { 1 => 2, _ => 3 };", true)]
    [InlineData("int F(bool x) => x ? 1 : 2;", true)]
    [InlineData("/// <summary>only if it is for the while</summary>\nenum E { A }", false)]
    [InlineData("public int? Value { get; init; } // if", false)]
    [InlineData("record R(int A, string B = \"if (x) for\");", false)]
    public void Logic_is_a_branch_or_a_loop(string source, bool hasLogic) =>
        Assert.Equal(hasLogic, Logic().IsMatch(Repository.CodeOf(source)));

    static IEnumerable<string> FilesWithLogic() =>
        Repository.Files("src", "*.cs").Where(path => Logic().IsMatch(Repository.CodeOf(Repository.Read(path))));

    static bool HasTests(string path)
    {
        string project = path.Split('/')[1];
        string type = Path.GetFileName(path).Split('.')[0]; // a part of a type, X.Part.cs, is tested with the type
        return Repository.Files($"tests/{project}.Tests", type + "Tests.cs").Any();
    }

    [GeneratedRegex(@"\b(if|for|foreach|while|switch|catch)\b| \? ")]
    private static partial Regex Logic();

    [GeneratedRegex(@"\[(Skippable)?(Fact|Theory)\b")]
    private static partial Regex Attributes();
}
