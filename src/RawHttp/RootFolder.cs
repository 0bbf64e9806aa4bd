namespace RawHttp;

/// <summary>
/// A folder that paths do not lead out of, by links neither. Whoever may write into it may serve what the server can read, so links are
/// judged when a file is looked up, not guarded while it is sent.
/// </summary>
/// <param name="path">The folder.</param>
sealed class RootFolder(string path)
{
    const int MaxLinks = 40; // as the kernel has it: more of them are a circle

    readonly string root = Path.TrimEndingDirectorySeparator(RealPath(Path.GetFullPath(path), MaxLinks) ?? throw new DirectoryNotFoundException($"'{path}' is no folder."));

    /// <summary>The real path of something in the folder, all links followed.</summary>
    /// <param name="relative">Segments with slashes between, of which none leads up.</param>
    /// <returns>Null when it is not in the folder. Whether there is anything at the path is not asked.</returns>
    internal string? Find(string relative)
    {
        string? real = RealPath(Path.GetFullPath(Path.Combine(root, relative)), MaxLinks);
        return real is not null && real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? real : null;
    }

    // Each part of the path in turn; at a link everything begins anew with what it points to.
    static string? RealPath(string full, int linksLeft)
    {
        string at = Path.GetPathRoot(full)!;
        string[] parts = full[at.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string next = Path.Combine(at, parts[i]);
            if (new FileInfo(next).LinkTarget is { } target)
                return linksLeft == 0 ? null : RealPath(Path.GetFullPath(Path.Combine([at, target, .. parts[(i + 1)..]])), linksLeft - 1);
            at = next;
        }
        return at;
    }
}
