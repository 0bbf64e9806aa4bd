namespace RawJournal.Tests;

/// <summary>A folder that goes with its test.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rawjournal-").FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public string Segment(long number) => Of(RawJournal.Wire.SegmentName.Of(number));

    public string[] Files => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
