using System.Text.Json;
using AutobahnCheck;

namespace Conformance;

/// <summary>conformance/autobahn/check must not let a bad report of the suite pass.</summary>
public sealed class AutobahnCheckTests
{
    static readonly string[] Informational = ["7.1.6", "7.13.1", "7.13.2"];

    /// <summary>A report as the suite writes it after a clean run.</summary>
    static Dictionary<string, Dictionary<string, string>> Clean() => SuiteCases.All.ToDictionary(id => id, id =>
    {
        string verdict = Informational.Contains(id) ? "INFORMATIONAL" : "OK";
        return new Dictionary<string, string> { ["behavior"] = verdict, ["behaviorClose"] = verdict, ["reportfile"] = $"rawrealtime_case_{id.Replace('.', '_')}.json" };
    });

    static string JsonOf(object cases) => JsonSerializer.Serialize(new Dictionary<string, object> { ["RawRealtime"] = cases });

    static Verdict VerdictOf(object cases) => Verdict.Of(SuiteReport.Read(JsonOf(cases)));

    [Fact]
    public void The_suite_has_517_cases_in_eleven_sections()
    {
        Assert.Equal(517, SuiteCases.All.Distinct().Count());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13], SuiteCases.Sections);
        Assert.All(SuiteCases.Sections, section => Assert.DoesNotContain("unknown", SuiteCases.NameOf(section), StringComparison.Ordinal));
    }

    [Fact]
    public void A_clean_and_whole_report_passes_and_is_counted_by_section()
    {
        Verdict verdict = VerdictOf(Clean());
        Assert.Empty(verdict.Complaints);
        Assert.Contains("| 7 closing | 37 | 34 | 3 | 0 | 0 | 0 | 0 |\n", verdict.Table, StringComparison.Ordinal);
        Assert.Contains("| 12 compression of several kinds of data | 90 | 90 |", verdict.Table, StringComparison.Ordinal);
        Assert.EndsWith("| all | 517 | 514 | 3 | 0 | 0 | 0 | 0 |\n", verdict.Table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("behavior", "FAILED", "RawRealtime 6.4.1: FAILED, close OK")]
    [InlineData("behavior", "NON-STRICT", "RawRealtime 6.4.1: NON-STRICT, close OK")]
    [InlineData("behavior", "UNIMPLEMENTED", "RawRealtime 6.4.1: UNIMPLEMENTED, close OK")]
    [InlineData("behaviorClose", "FAILED", "RawRealtime 6.4.1: OK, close FAILED")]
    [InlineData("behaviorClose", "UNCLEAN", "RawRealtime 6.4.1: OK, close UNCLEAN")]
    [InlineData("behaviorClose", "WRONG CODE", "RawRealtime 6.4.1: OK, close WRONG CODE")]
    public void One_planted_bad_case_is_found(string member, string behavior, string complaint)
    {
        Dictionary<string, Dictionary<string, string>> cases = Clean();
        cases["6.4.1"][member] = behavior;
        Assert.Equal([complaint], VerdictOf(cases).Complaints);
    }

    [Fact]
    public void A_missing_case_is_found()
    {
        Dictionary<string, Dictionary<string, string>> cases = Clean();
        cases.Remove("13.7.18");
        Assert.Equal(["RawRealtime 13.7.18: missing"], VerdictOf(cases).Complaints);
    }

    [Fact]
    public void A_case_of_another_suite_does_not_stand_for_a_missing_one()
    {
        Dictionary<string, Dictionary<string, string>> cases = Clean();
        cases.Remove("1.1.1", out Dictionary<string, string>? result);
        cases["14.1.1"] = result!;
        Assert.Equal(["RawRealtime 1.1.1: missing", "RawRealtime 14.1.1: unknown here, is the suite newer than 25.10.1?"], VerdictOf(cases).Complaints);
    }

    [Fact]
    public void A_report_without_cases_does_not_pass()
    {
        Assert.Equal(["no case was reported"], Verdict.Of(SuiteReport.Read("{}")).Complaints);
        Assert.Equal(["no case was reported"], VerdictOf(new Dictionary<string, string>()).Complaints);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"RawRealtime\": 1 }")]
    [InlineData("{ \"RawRealtime\": { \"1.1.1\": { \"behavior\": \"OK\" } } }")]
    [InlineData("{ \"RawRealtime\": { \"1.1.1\": ")]
    public void Anything_else_is_no_report(string json) => Assert.ThrowsAny<JsonException>(() => SuiteReport.Read(json));

    [SkippableTheory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task The_exit_code_tells_it(bool isClean, int expected)
    {
        Dictionary<string, Dictionary<string, string>> cases = Clean();
        if (!isClean) cases["9.1.1"]["behavior"] = "FAILED";
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonOf(cases));
            Ended ended = await Child.RunAsync(Tools.DotNet, [typeof(Verdict).Assembly.Location, file]);
            Assert.Equal((expected, ""), (ended.ExitCode, ended.Errors));
            Assert.Equal(!isClean, ended.Output.Contains("RawRealtime 9.1.1: FAILED, close OK", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [SkippableFact]
    public async Task A_report_that_is_not_there_is_told()
    {
        Ended ended = await Child.RunAsync(Tools.DotNet, [typeof(Verdict).Assembly.Location, "/nowhere/index.json"]);
        Assert.Equal(2, ended.ExitCode);
        Assert.EndsWith("Did the suite run to its end?\n", ended.Errors, StringComparison.Ordinal);
    }
}
