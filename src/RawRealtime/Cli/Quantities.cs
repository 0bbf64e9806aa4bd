using System.Globalization;

namespace RawRealtime.Cli;

/// <summary>A size that prints as people write it, in help texts too.</summary>
internal readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <inheritdoc/>
    public override string ToString() => Quantities.WriteBytes(Bytes);
}

/// <summary>A duration that prints as people write it, in help texts too.</summary>
internal readonly record struct Duration(TimeSpan Time) : IComparable<Duration>
{
    /// <inheritdoc/>
    public int CompareTo(Duration other) => Time.CompareTo(other.Time);

    /// <inheritdoc/>
    public override string ToString() => Quantities.WriteDuration(Time);
}

/// <summary>Reads sizes and durations as people write them in settings: <c>16MiB</c>, <c>512KiB</c>, <c>1h</c>, <c>90s</c>.</summary>
internal static class Quantities
{
    static readonly (string Unit, long Factor)[] ByteUnits = [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    // "ms" stands before "s" and "m", since the first unit that ends the text is taken.
    static readonly (string Unit, long Factor)[] TimeUnits = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

    /// <summary>Reads a size; a bare number is bytes.</summary>
    public static bool TryReadBytes(string text, out ByteSize size)
    {
        bool read = TryRead(text, ByteUnits, bareFactor: 1, out long bytes);
        size = new(bytes);
        return read;
    }

    /// <summary>Reads a duration; a bare number is seconds.</summary>
    public static bool TryReadDuration(string text, out Duration duration)
    {
        bool read = TryRead(text, TimeUnits, bareFactor: 1000, out long milliseconds);
        duration = new(TimeSpan.FromMilliseconds(milliseconds));
        return read;
    }

    /// <summary>Writes a size with the largest unit that divides it.</summary>
    public static string WriteBytes(long bytes) => Write(bytes, ByteUnits);

    /// <summary>Writes a duration with the largest unit that divides it.</summary>
    public static string WriteDuration(TimeSpan duration) => Write((long)duration.TotalMilliseconds, [.. TimeUnits.Reverse()]);

    static bool TryRead(string text, (string Unit, long Factor)[] units, long bareFactor, out long value)
    {
        (string unit, long factor) = Array.Find(units, u => text.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase)) is { Unit: not null } found
            ? found
            : ("", bareFactor);
        value = 0;
        if (!long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long count)) return false;
        if (count > long.MaxValue / 2 / factor) return false;
        value = count * factor;
        return true;
    }

    static string Write(long value, (string Unit, long Factor)[] units)
    {
        (string unit, long factor) = Array.Find(units, u => value % u.Factor == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{value / factor}{unit}");
    }
}
