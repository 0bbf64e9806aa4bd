using System.Globalization;
using System.Text;

namespace AutobahnCheck;

/// <summary>What a report amounts to: counts by section, and everything that is not as it must be.</summary>
/// <param name="Table">Counts by section, as a table in Markdown.</param>
/// <param name="Complaints">One line for each thing that is wrong; empty when the report is clean and whole.</param>
public sealed record Verdict(string Table, IReadOnlyList<string> Complaints)
{
    static readonly string[] Kinds = ["OK", "INFORMATIONAL", "NON-STRICT", "UNIMPLEMENTED", "FAILED"];

    /// <summary>Judges a report.</summary>
    /// <param name="results">From <see cref="SuiteReport.Read"/>.</param>
    public static Verdict Of(IReadOnlyList<CaseResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        List<string> complaints = [];
        if (results.Count == 0) complaints.Add("no case was reported");
        foreach (IGrouping<string, CaseResult> agent in results.GroupBy(result => result.Agent))
        {
            HashSet<string> ran = [.. agent.Select(result => result.Id)];
            complaints.AddRange(SuiteCases.All.Where(id => !ran.Contains(id)).Select(id => $"{agent.Key} {id}: missing"));
            complaints.AddRange(ran.Except(SuiteCases.All).Select(id => $"{agent.Key} {id}: unknown here, is the suite newer than 25.10.1?"));
            complaints.AddRange(agent.Where(result => !result.IsFine).Select(result => $"{agent.Key} {result.Id}: {result.Behavior}, close {result.BehaviorClose}"));
        }
        return new(TableOf(results), complaints);
    }

    static string TableOf(IReadOnlyList<CaseResult> results)
    {
        StringBuilder table = new($"| section | cases | {string.Join(" | ", Kinds)} | close not clean |\n|---|---|{string.Concat(Kinds.Select(_ => "---|"))}---|\n");
        foreach (int section in SuiteCases.Sections) AddRow(table, SuiteCases.NameOf(section), [.. results.Where(result => SuiteCases.SectionOf(result.Id) == section)]);
        AddRow(table, "all", results);
        return table.ToString();
    }

    static void AddRow(StringBuilder table, string name, IReadOnlyCollection<CaseResult> results)
    {
        IEnumerable<string> counts = Kinds.Select(kind => results.Count(result => result.Behavior == kind).ToString(CultureInfo.InvariantCulture));
        int unclean = results.Count(result => result.BehaviorClose is not ("OK" or "INFORMATIONAL"));
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {results.Count} | {string.Join(" | ", counts)} | {unclean} |\n");
    }
}
