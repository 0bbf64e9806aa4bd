using System.Text.RegularExpressions;

namespace House;

/// <summary>Code in a page is a region of a sample that the solution compiles, word for word: so it can't rot.</summary>
public sealed partial class SamplesTests
{
    static readonly string[] Pages = ["docs/websocket-api.md"];

    [Fact]
    public void Code_in_the_pages_is_what_the_samples_hold() =>
        Repository.None(Pages.SelectMany(page => Wrong(Repository.Read(page)).Select(what => $"{page}: {what}")));

    [Fact]
    public void Every_region_of_a_sample_is_shown()
    {
        HashSet<string> shown = [.. Pages.SelectMany(page => Blocks().Matches(Repository.Read(page))).Select(block => block.Groups["source"].Value)];
        Repository.None(Repository.Files("samples", "*.cs").SelectMany(RegionsOf).Select(region => region.Key).Where(key => !shown.Contains(key)));
    }

    [Fact]
    public void Samples_stand_in_the_solution()
    {
        string solution = Repository.Read("RawRealtime.sln").Replace('\\', '/');
        IEnumerable<string> projects = Repository.Files("samples", "*.csproj");
        Assert.NotEmpty(projects);
        Repository.None(projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    /// <summary>A sample is copied and tried: it must be no open door.</summary>
    [Fact]
    public void Samples_listen_on_the_loopback_only() =>
        Repository.None(Repository.Files("samples", "*.cs").Where(path => Regex.IsMatch(Repository.Read(path), @"IPAddress\.(IPv6)?Any|0\.0\.0\.0")));

    [Theory]
    [InlineData("<!-- samples/WebSocketClient/Abilities.cs#no-such-region -->\n```csharp\nint x;\n```", "differs")]
    [InlineData("<!-- samples/WebSocketServer/Program.cs#drain -->\n```csharp\nint x;\n```", "differs")]
    [InlineData("Some words.\n\n```csharp\nint x;\n```", "without")]
    public void Code_that_is_no_region_would_be_found(string page, string what) => Assert.Contains(what, Assert.Single(Wrong(page)), StringComparison.Ordinal);

    static IEnumerable<string> Wrong(string page)
    {
        MatchCollection blocks = Blocks().Matches(page);
        if (blocks.Count != Fences().Count(page)) yield return "code without <!-- samples/…/File.cs#region --> in the line above it";
        foreach (Match block in blocks)
        {
            string source = block.Groups["source"].Value, path = source.Split('#')[0];
            string? region = File.Exists(Repository.PathOf(path)) ? RegionsOf(path).GetValueOrDefault(source) : null;
            if (region != block.Groups["code"].Value) yield return $"{source} differs from the sample. It is:\n{region}";
        }
    }

    /// <summary>Path#name to text, with the region's own indentation taken away.</summary>
    static Dictionary<string, string> RegionsOf(string path) => Regions().Matches(Repository.Read(path)).ToDictionary(
        region => $"{path}#{region.Groups["name"].Value}",
        region => Regex.Replace(region.Groups["code"].Value, $"^{region.Groups["indent"].Value}", "", RegexOptions.Multiline));

    [GeneratedRegex(@"^<!-- (?<source>\S+#\S+) -->\n```csharp\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^```csharp$", RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex(@"^(?<indent> *)#region (?<name>\S+)\n(?<code>.*?)^ *#endregion$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Regions();
}
