namespace RawRealtime.Cli;

/// <summary>Finds what someone probably meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest edits to <paramref name="given"/>; null when even that is far off.</summary>
    public static string? Of(string given, IEnumerable<string> known)
    {
        string? nearest = known.MinBy(name => Edits(given, name));
        return nearest is not null && Edits(given, nearest) <= Math.Max(2, given.Length / 3) ? nearest : null;
    }

    /// <summary>The sentence that ends an error about an unknown name: empty when nothing is near.</summary>
    public static string Suggestion(string given, IEnumerable<string> known) => Of(given, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    // Levenshtein's distance, one row at a time.
    static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
