using System.Text.Json;
using AutobahnCheck;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: AutobahnCheck REPORTS/index.json …\nPrints the counts by section; exit code 1 unless every one of the 517 cases is OK or INFORMATIONAL, its close too; 2 for an unreadable report.");
    return 2;
}
bool isClean = true;
foreach (string file in args)
{
    try
    {
        var verdict = Verdict.Of(SuiteReport.Read(File.ReadAllText(file)));
        Console.WriteLine($"{file}\n\n{verdict.Table}");
        foreach (string complaint in verdict.Complaints) Console.WriteLine($"  {complaint}");
        Console.WriteLine(verdict.Complaints.Count == 0 ? "clean and whole\n" : $"{verdict.Complaints.Count} complaints\n");
        isClean &= verdict.Complaints.Count == 0;
    }
    catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
    {
        Console.Error.WriteLine($"{file}: {unreadable.Message} Did the suite run to its end?");
        return 2;
    }
}
return isClean ? 0 : 1;
