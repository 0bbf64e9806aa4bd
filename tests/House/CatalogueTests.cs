using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RawHttp.Wire;
using RawJournal.Wire;
using RawLongPoll.Wire;
using RawNet.Wire;
using RawRealtime.Delivery;
using RawRealtime.Server;
using RawSse.Wire;
using RawWebSocket.Deflate;
using RawWebSocket.Handshake;
using RawWebSocket.Wire;

namespace House;

/// <summary>Every rule that can be broken has a clause, one place in the one map, a test row, and a line in docs/rules.md.</summary>
public sealed partial class CatalogueTests
{
    /// <param name="Fault">The enum that lists the rules.</param>
    /// <param name="Title">Its heading in docs/rules.md.</param>
    /// <param name="AnswerTitle">What the third column says.</param>
    /// <param name="CodeOf">The rule's stable name.</param>
    /// <param name="AnswerOf">What is sent or done.</param>
    sealed record Catalogue(Type Fault, string Title, string AnswerTitle, Func<object, string> CodeOf, Func<object, string> AnswerOf);

    static readonly Catalogue[] All =
    [
        new(typeof(HttpFault), "HTTP", "Answer", fault => HttpFaults.CodeOf((HttpFault)fault), fault => AnswerOf((HttpFault)fault)),
        new(typeof(WsFault), "WebSocket", "Close code", fault => WsFaults.CodeOf((WsFault)fault), fault => AnswerOf((WsFault)fault)),
        new(typeof(DeflateFault), "Compressed messages", "Close code", fault => KebabOf($"{fault}"), _ => "1007"),
        new(typeof(OpeningFault), "WebSocket, opening as a client", "Outcome", fault => OpeningFaults.CodeOf((OpeningFault)fault), _ => "not connected"),
        new(typeof(PollFault), "Long poll", "Answer", fault => PollFaults.CodeOf((PollFault)fault), _ => $"{PollFaults.Status}"),
        new(typeof(ServerFault), "The server, above HTTP", "Answer", fault => ServerFaults.CodeOf((ServerFault)fault), fault => $"{ServerFaults.StatusOf((ServerFault)fault)}"),
        new(typeof(CursorFault), "WebSocket, rawrealtime.v1", "Answer", fault => CursorFaults.CodeOf((CursorFault)fault), _ => "an error message; nothing ends"),
        new(typeof(ProxyHeaderFault), "PROXY header of a trusted peer", "Outcome", fault => ProxyHeaderFaults.CodeOf((ProxyHeaderFault)fault), _ => "closed, nothing answered"),
        new(typeof(JournalFault), "The journal's files", "Outcome", fault => JournalFaults.CodeOf((JournalFault)fault), _ => "the torn tail is cut, or it is not opened"),
        // A client reads no further and tells nobody, so there is no map: the name is the member's.
        new(typeof(SseFault), "Event streams, as a client", "Outcome", fault => KebabOf($"{fault}"), _ => "reading ends"),
    ];

    static readonly Dictionary<string, string> Summaries = Repository.Libraries.Append("RawRealtime").SelectMany(SummariesOf).ToDictionary();

    // Not those of the maps themselves, which name every fault without breaking a rule.
    static readonly (string Path, string Code, string Text)[] TestFiles = [.. Repository.Files("tests", "*Tests.cs")
        .Where(path => !path.StartsWith("tests/House/", StringComparison.Ordinal) && !MapTests().IsMatch(path))
        .Order(StringComparer.Ordinal).Select(path => (path, Repository.CodeOf(Repository.Read(path)), Repository.Read(path)))];

    public static TheoryData<string> Faults => [.. All.SelectMany(catalogue => MembersOf(catalogue).Select(member => catalogue.Fault.Name + "." + member))];

    [Fact]
    public void No_list_of_faults_is_forgotten()
    {
        IEnumerable<string> found = Repository.Libraries.Append("RawRealtime").SelectMany(project => Assembly.LoadFrom(Repository.AssemblyPath(project)).GetTypes())
            .Where(type => type.IsEnum && type.Name.EndsWith("Fault", StringComparison.Ordinal)).Select(type => type.FullName!);
        Assert.Equal(All.Select(catalogue => catalogue.Fault.FullName!).Order(), found.Order());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_says_its_clause(string fault) => Assert.Matches(Clause(), SummaryOf(fault));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_in_the_map_under_a_name_in_kebab_case(string fault)
    {
        (Catalogue catalogue, object value) = Find(fault);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", catalogue.CodeOf(value));
        Assert.NotEmpty(catalogue.AnswerOf(value));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_has_a_test_row_that_names_it(string fault) => Assert.NotEmpty(TestsOf(fault));

    [Fact]
    public void Names_are_not_given_twice()
    {
        foreach (Catalogue catalogue in All)
        {
            string[] codes = [.. MembersOf(catalogue).Select(member => catalogue.CodeOf(Enum.Parse(catalogue.Fault, member)))];
            Assert.Equal(codes.Distinct(), codes);
        }
    }

    [Fact]
    public void The_page_of_rules_is_the_committed_one() => Repository.Committed("docs/rules.md", Page());

    [Theory]
    [InlineData("RFC 9112 §2.2: a line ends with CRLF.", "RFC 9112 §2.2")]
    [InlineData("A close frame. RFC 6455 §5.5.1.", "RFC 6455 §5.5.1")]
    [InlineData("RFC 9112 §3.2.3 and §3.2.4: forms.", "RFC 9112 §3.2.3 and §3.2.4")]
    [InlineData("Both. RFC 6455 §5.2, RFC 7692 §6.1.", "RFC 6455 §5.2, RFC 7692 §6.1")]
    [InlineData("PROXY §2.1: a port is 0 to 65535.", "PROXY §2.1")]
    [InlineData("Contract, long poll: `wait` is whole seconds.", "Contract, long poll")]
    [InlineData("Journal, segment header: the version is 1.", "Journal, segment header")]
    [InlineData("No clause at all, RFC 9112.", null)]
    public void Clauses_are_recognised(string summary, string? clause) =>
        Assert.Equal(clause ?? "", Clause().Match(summary).Value);

    static string Page()
    {
        StringBuilder page = new("""
            # Rules

            Every rule that a peer can break, where it is written, and what the peer is told. The names are stable: they stand in
            `code` of an error answer and in logs. Made from the code by `UPDATE_HOUSE=1 dotnet test tests/House`; do not edit.


            """);
        foreach (Catalogue catalogue in All)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {catalogue.Title}\n\n| Clause | Name | {catalogue.AnswerTitle} | Meaning | Tests |\n|---|---|---|---|---|\n");
            foreach (string member in MembersOf(catalogue))
            {
                object value = Enum.Parse(catalogue.Fault, member);
                string fault = catalogue.Fault.Name + "." + member, summary = SummaryOf(fault);
                page.Append(CultureInfo.InvariantCulture, $"| {Clause().Match(summary).Value} | `{catalogue.CodeOf(value)}` | {catalogue.AnswerOf(value)} | {MeaningOf(summary)} | {string.Join(", ", TestsOf(fault).Select(LinkTo))} |\n");
            }
            page.Append('\n');
        }
        return page.ToString().TrimEnd('\n').ReplaceLineEndings("\n") + "\n";
    }

    // Those that name the member; a test of the whole server sees only what was sent, and names the code.
    static string[] TestsOf(string fault)
    {
        (Catalogue catalogue, object value) = Find(fault);
        string[] naming = FilesWith(file => file.Code, $@"\b{fault}\b");
        return naming.Length > 0 ? naming : FilesWith(file => file.Text, $"[\" ]{catalogue.CodeOf(value)}[\"\\\\]|{{.*\\b{fault}\\b.*}}");
    }

    static string[] FilesWith(Func<(string Path, string Code, string Text), string> look, string pattern) =>
        [.. TestFiles.Where(file => Regex.IsMatch(look(file), pattern)).Select(file => file.Path)];

    static string LinkTo(string path) => $"[{Path.GetFileNameWithoutExtension(path)}](../{path})";

    static string MeaningOf(string summary)
    {
        string meaning = Clause().Replace(summary, "", 1).Trim().TrimStart(':').Trim();
        if (meaning.EndsWith(". .", StringComparison.Ordinal)) meaning = meaning[..^2];
        meaning = meaning.Replace("|", "\\|", StringComparison.Ordinal);
        return meaning.Length == 0 ? "" : char.ToUpperInvariant(meaning[0]) + meaning[1..];
    }

    static string AnswerOf(HttpFault fault) => $"{HttpFaults.StatusOf(fault)}{(HttpFaults.Closes(fault) ? ", closes" : "")}";

    static string AnswerOf(WsFault fault) => $"{(int)WsFaults.CloseCodeOf(fault)}";

    static string KebabOf(string name) => CapitalInside().Replace(name, "-$0").ToLowerInvariant();

    static IEnumerable<string> MembersOf(Catalogue catalogue) => Enum.GetNames(catalogue.Fault).Where(name => name != "None");

    static (Catalogue Catalogue, object Value) Find(string fault)
    {
        string[] parts = fault.Split('.');
        Catalogue catalogue = All.Single(one => one.Fault.Name == parts[0]);
        return (catalogue, Enum.Parse(catalogue.Fault, parts[1]));
    }

    static string SummaryOf(string fault)
    {
        (Catalogue catalogue, object value) = Find(fault);
        return Summaries.GetValueOrDefault($"F:{catalogue.Fault.FullName}.{value}", "");
    }

    static IEnumerable<KeyValuePair<string, string>> SummariesOf(string library) =>
        XDocument.Load(Path.ChangeExtension(Repository.AssemblyPath(library), ".xml")).Descendants("member")
            .Select(member => new KeyValuePair<string, string>((string)member.Attribute("name")!, TextOf(member.Element("summary"))));

    static string TextOf(XElement? summary)
    {
        if (summary is null) return "";
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference when reference.Attribute("cref") is { } cref => $"`{cref.Value.Split('.')[^1]}`",
            XElement other => other.Value,
            _ => node.ToString(),
        });
        return Spaces().Replace(System.Net.WebUtility.HtmlDecode(string.Concat(parts)), " ").Trim();
    }

    [GeneratedRegex(@"(RFC \d+ §[\d.]*\d( item \d+)?(( and|,) §[\d.]*\d)*|(Contract|Journal), [a-z ]*[a-z]|PROXY §[\d.]*\d|HTML §[\d.]*\d)(, RFC \d+ §[\d.]*\d)*")]
    private static partial Regex Clause();

    [GeneratedRegex("/[A-Za-z]+Faults?Tests.cs$")]
    private static partial Regex MapTests();

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex CapitalInside();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
