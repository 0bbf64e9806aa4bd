using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace House;

/// <summary>Who may lean on whom: one way, no cycles, and nothing from outside in the libraries.</summary>
public sealed class ArrowsTests
{
    static readonly string AspNet = "Microsoft." + "AspNetCore"; // in two parts, since this file is searched too

    /// <summary>All arrows there are, direct and indirect.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["RawNet"] = [],
        ["RawHttp"] = ["RawNet"],
        ["RawHub"] = ["RawNet"],
        ["RawJournal"] = [],
        ["RawWebSocket"] = ["RawHttp", "RawNet"],
        ["RawSse"] = ["RawHttp", "RawNet"],
        ["RawLongPoll"] = ["RawHttp", "RawNet"],
        ["RawRealtime"] = ["RawHub", "RawJournal", "RawWebSocket", "RawSse", "RawLongPoll", "RawHttp", "RawNet"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    public static TheoryData<string> AllProjectFiles => [.. Repository.Files("src", "*.csproj"), .. Repository.Files("tests", "*.csproj")];

    [Fact]
    public void Every_project_under_src_has_its_place()
    {
        IEnumerable<string> found = Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(Allowed.Keys.Order(), found.Order());
        Assert.Equal(Repository.Libraries.Append("RawRealtime").Order(), found.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_follow_the_arrows(string project)
    {
        IEnumerable<string> leansOn = Load($"src/{project}/{project}.csproj").Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
        Repository.None(leansOn.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assemblies_follow_the_arrows_and_libraries_lean_on_the_runtime_alone(string project)
    {
        IEnumerable<string> leansOn = TypeUses.AssembliesOf(Repository.AssemblyPath(project)).Except(Allowed[project]);
        if (project == "RawRealtime") leansOn = leansOn.Where(name => name.StartsWith("Raw", StringComparison.Ordinal));
        Repository.None(leansOn.Where(name => !IsOfTheRuntime(name)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Libraries_have_no_packages(string project)
    {
        if (project == "RawRealtime") return;
        XElement file = Load($"src/{project}/{project}.csproj");
        Repository.None(new[] { "PackageReference", "FrameworkReference", "Reference" }.SelectMany(name => file.Descendants(name)).Select(one => one.ToString()));
        Repository.None(Load("src/Directory.Build.props").Descendants("PackageReference").Select(one => one.ToString()));
        Repository.None(Load("Directory.Build.props").Descendants("PackageReference").Select(one => one.ToString()));
    }

    [Theory]
    [MemberData(nameof(AllProjectFiles))]
    public void No_project_uses_the_web_framework(string project)
    {
        string text = Repository.Read(project);
        Assert.DoesNotContain(AspNet, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sdk.Web", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void No_assembly_and_no_source_uses_the_web_framework()
    {
        Assert.DoesNotContain(
            Allowed.Keys.Append("House").SelectMany(project => TypeUses.AssembliesOf(Repository.AssemblyPath(project))),
            name => name.StartsWith(AspNet, StringComparison.Ordinal) || name == "System.Net.HttpListener");
        IEnumerable<string> sources = Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"));
        Repository.None(sources.Where(path => Repository.CodeOf(Repository.Read(path)).Contains(AspNet, StringComparison.Ordinal)));
    }

    [Fact]
    public void Transports_and_the_hub_do_not_know_each_other()
    {
        foreach (string project in Repository.Libraries.Where(name => name != "RawHub"))
            Repository.None(Repository.Files($"src/{project}", "*.cs").Where(path => Regex.IsMatch(Repository.CodeOf(Repository.Read(path)), @"\bRawHub\b")));
    }

    static bool IsOfTheRuntime(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "Microsoft.Win32.Primitives";

    static XElement Load(string relative) => XElement.Parse(Repository.Read(relative));
}
