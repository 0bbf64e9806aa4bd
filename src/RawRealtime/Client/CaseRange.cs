using System.Globalization;

namespace RawRealtime.Client;

/// <summary>Which cases of a suite to run, as people write it: <c>7</c>, <c>7-12</c> or <c>300-</c>.</summary>
internal readonly record struct CaseRange(int First, int Last)
{
    /// <summary>All of them.</summary>
    public static CaseRange All { get; } = new(1, int.MaxValue);

    /// <inheritdoc/>
    public override string ToString() => (First, Last) switch
    {
        (_, int.MaxValue) => string.Create(CultureInfo.InvariantCulture, $"{First}-"),
        _ when First == Last => string.Create(CultureInfo.InvariantCulture, $"{First}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}"),
    };

    /// <summary>Reads one.</summary>
    public static bool TryRead(string text, out CaseRange range)
    {
        range = default;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!TryReadNumber(dash < 0 ? text : text.AsSpan(0, dash), out int first)) return false;
        int last = dash < 0 ? first : int.MaxValue;
        if (dash >= 0 && dash < text.Length - 1 && !TryReadNumber(text.AsSpan(dash + 1), out last)) return false;
        range = new(first, last);
        return last >= first;
    }

    static bool TryReadNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;
}
