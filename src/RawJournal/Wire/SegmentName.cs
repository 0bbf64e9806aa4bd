using System.Globalization;

namespace RawJournal.Wire;

/// <summary>The name of a segment's file: its number in ten digits, so that names sort like numbers.</summary>
public static class SegmentName
{
    /// <summary>How it ends.</summary>
    public const string Extension = ".segment";

    /// <summary>How a file ends that is to become a segment, while its start is written.</summary>
    public const string UnfinishedExtension = ".segment-new";

    /// <summary>The highest number.</summary>
    public const long Max = 9_999_999_999;

    const int Digits = 10;

    /// <summary>Makes it.</summary>
    /// <param name="segment">1 to <see cref="Max"/>.</param>
    public static string Of(long segment) => segment.ToString("D10", CultureInfo.InvariantCulture) + Extension;

    /// <summary>Reads it.</summary>
    /// <param name="name">A file's name, without folders.</param>
    /// <param name="segment">Its number.</param>
    /// <returns>False when it is no segment's name.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out long segment)
    {
        segment = 0;
        if (name.Length != Digits + Extension.Length || !name.EndsWith(Extension, StringComparison.Ordinal)) return false;
        return long.TryParse(name[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out segment) && segment > 0;
    }
}
