using System.Text.RegularExpressions;

namespace House;

/// <summary>What the pages point to exists.</summary>
public sealed partial class DocsTests
{
    static readonly string[] Pages =
    [
        .. Repository.Files("docs", "*.md"),
        .. Repository.Files("conformance", "*.md"),
        .. new[] { "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "THIRD-PARTY-NOTICES.md" }.Where(name => File.Exists(Repository.PathOf(name))),
    ];

    public static TheoryData<string> AllPages => [.. Pages];

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Relative_links_lead_somewhere(string page)
    {
        string text = Fences().Replace(Repository.Read(page), "");
        Repository.None(Links().Matches(text).Select(link => link.Groups[1].Value).Where(target => !Resolves(page, target)));
    }

    [Theory]
    [InlineData("docs/limits.md", "limits.md", true)]
    [InlineData("docs/limits.md", "../global.json", true)]
    [InlineData("docs/limits.md", "https://example.org/x", true)]
    [InlineData("docs/limits.md", "no-such-page.md", false)]
    [InlineData("docs/limits.md", "limits.md#no-such-heading", false)]
    [InlineData("docs/limits.md", "#no-such-heading", false)]
    public void A_broken_link_would_be_found(string page, string target, bool resolves) => Assert.Equal(resolves, Resolves(page, target));

    /// <summary>The page is a chain of types in the order in which a byte meets them.</summary>
    [Fact]
    public void Types_named_in_follow_a_byte_exist()
    {
        const string Page = "docs/follow-a-byte.md";
        if (!File.Exists(Repository.PathOf(Page))) return;
        HashSet<string> known = [.. Repository.Libraries.Append("RawRealtime")
            .SelectMany(project => System.Reflection.Assembly.LoadFrom(Repository.AssemblyPath(project)).GetTypes()).Select(type => type.Name.Split('`')[0])];
        List<string> named = [.. TypeNames().Matches(Fences().Replace(Repository.Read(Page), "")).Select(name => name.Groups[1].Value).Distinct()];
        Assert.NotEmpty(named);
        Repository.None(named.Where(name => !known.Contains(name)));
    }

    static bool Resolves(string page, string target)
    {
        if (Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute) && absolute.Scheme is "http" or "https" or "mailto") return true;
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? Repository.PathOf(page) : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(page))!, parts[0]));
        if (!path.StartsWith(Repository.Root, StringComparison.Ordinal) || !Path.Exists(path)) return false;
        return parts.Length == 1 || !path.EndsWith(".md", StringComparison.Ordinal) || HeadingsOf(path).Contains(parts[1]);
    }

    // Headings become anchors as code hosts make them: lower case, spaces to hyphens, punctuation away.
    static IEnumerable<string> HeadingsOf(string path) =>
        Headings().Matches(Fences().Replace(File.ReadAllText(path).ReplaceLineEndings("\n"), "")).Select(heading =>
            NotInAnchors().Replace(heading.Groups[1].Value.Trim(), "").Replace(' ', '-').ToLowerInvariant());

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+)`")]
    private static partial Regex TypeNames();
}
