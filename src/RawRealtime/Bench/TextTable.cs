using System.Text;

namespace RawRealtime.Bench;

/// <summary>A table of text: the first column to the left, numbers to the right.</summary>
/// <param name="head">The names of the columns.</param>
internal sealed class TextTable(params string[] head)
{
    readonly List<string[]> rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each column.</param>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        bool hasHead = head.Any(name => name.Length > 0);
        string[][] all = hasHead ? [head, .. rows] : [.. rows];
        int[] widths = [.. head.Select((_, column) => all.Length == 0 ? 0 : all.Max(row => row[column].Length))];
        StringBuilder text = new();
        for (int i = 0; i < all.Length; i++)
        {
            Write(text, all[i], widths);
            if (hasHead && i == 0) Write(text, [.. widths.Select(width => new string('─', width))], widths);
        }
        return text.ToString();
    }

    static void Write(StringBuilder text, string[] row, int[] widths)
    {
        for (int i = 0; i < row.Length; i++)
        {
            text.Append(i == 0 ? "  " : "   ");
            text.Append(i == 0 ? row[i].PadRight(widths[i]) : row[i].PadLeft(widths[i]));
        }
        text.Append('\n');
    }
}
