namespace AutobahnCheck;

/// <summary>The cases of the suite, version 25.10.1: what a whole report holds.</summary>
public static class SuiteCases
{
    // Within a group they are numbered from 1 on without a gap.
    static readonly (string Group, int Count)[] Groups =
    [
        ("1.1", 8), ("1.2", 8), ("2", 11), ("3", 7), ("4.1", 5), ("4.2", 5), ("5", 20),
        ("6.1", 3), ("6.2", 4), ("6.3", 2), ("6.4", 4), ("6.5", 5), ("6.6", 11), ("6.7", 4), ("6.8", 2), ("6.9", 4), ("6.10", 3), ("6.11", 5), ("6.12", 8),
        ("6.13", 5), ("6.14", 10), ("6.15", 1), ("6.16", 3), ("6.17", 5), ("6.18", 5), ("6.19", 5), ("6.20", 7), ("6.21", 8), ("6.22", 34), ("6.23", 7),
        ("7.1", 6), ("7.3", 6), ("7.5", 1), ("7.7", 13), ("7.9", 9), ("7.13", 2),
        ("9.1", 6), ("9.2", 6), ("9.3", 9), ("9.4", 9), ("9.5", 6), ("9.6", 6), ("9.7", 6), ("9.8", 6), ("10.1", 1),
        ("12.1", 18), ("12.2", 18), ("12.3", 18), ("12.4", 18), ("12.5", 18),
        ("13.1", 18), ("13.2", 18), ("13.3", 18), ("13.4", 18), ("13.5", 18), ("13.6", 18), ("13.7", 18),
    ];

    /// <summary>All 517, in the suite's order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Groups.SelectMany(group => Enumerable.Range(1, group.Count).Select(number => $"{group.Group}.{number}"))];

    /// <summary>The sections: 1 to 13 without 8 and 11, which the suite does not have.</summary>
    public static IReadOnlyList<int> Sections { get; } = [.. All.Select(SectionOf).Distinct()];

    /// <summary>The section of a case: the number before its first dot.</summary>
    public static int SectionOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return int.TryParse(id.Split('.')[0], out int section) ? section : 0;
    }

    /// <summary>What a section tests.</summary>
    public static string NameOf(int section) => section switch
    {
        1 => "1 framing",
        2 => "2 pings and pongs",
        3 => "3 reserved bits",
        4 => "4 opcodes",
        5 => "5 fragmentation",
        6 => "6 UTF-8",
        7 => "7 closing",
        9 => "9 limits",
        10 => "10 miscellaneous",
        12 => "12 compression of several kinds of data",
        13 => "13 compression with several parameters",
        _ => $"{section} unknown",
    };
}
