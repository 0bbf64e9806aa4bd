using System.Globalization;

namespace RawRealtime.Bench;

/// <summary>Numbers as people read them: three digits and a unit.</summary>
internal static class Figures
{
    static readonly (string Unit, double Size)[] Times = [("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1)];
    static readonly (string Unit, double Size)[] Sizes = [("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10), ("B", 1)];

    /// <summary>A time.</summary>
    /// <param name="nanoseconds">It.</param>
    public static string Time(double nanoseconds) => WithUnit(nanoseconds, Times);

    /// <summary>A size.</summary>
    /// <param name="bytes">It.</param>
    public static string Bytes(double bytes) => WithUnit(bytes, Sizes);

    /// <summary>A number of things, with a comma between thousands.</summary>
    /// <param name="count">It.</param>
    public static string Count(double count) => Math.Abs(count) < 10 && count != Math.Floor(count)
        ? count.ToString("0.00", CultureInfo.InvariantCulture) : count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits.</summary>
    /// <param name="value">The number.</param>
    public static string Short(double value) => value.ToString(Math.Abs(value) switch { 0 => "0", < 10 => "0.00", < 100 => "0.0", _ => "N0" }, CultureInfo.InvariantCulture);

    static string WithUnit(double value, (string Unit, double Size)[] units)
    {
        (string unit, double size) = units.FirstOrDefault(one => Math.Abs(value) >= one.Size, units[^1]);
        return $"{(size == 1 ? Count(Math.Round(value)) : Short(value / size))} {unit}";
    }
}
