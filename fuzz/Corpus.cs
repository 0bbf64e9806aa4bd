namespace RawHttp.Fuzz;

/// <summary>Inputs in files, one each.</summary>
public static class Corpus
{
    /// <summary>The files of a folder, or a single file, in the order of their names.</summary>
    /// <param name="path">The folder or file.</param>
    /// <exception cref="IOException">There is none.</exception>
    public static IReadOnlyList<byte[]> Read(string path) =>
        File.Exists(path) ? [File.ReadAllBytes(path)]
        : [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
