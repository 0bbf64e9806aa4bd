using System.Globalization;

namespace RawRealtime.Bench;

/// <summary>The line that tells how a run goes, on a terminal.</summary>
/// <param name="errors">Where it goes.</param>
/// <param name="isShown">Whether people sit there; it is silent otherwise.</param>
internal sealed class BenchProgress(TextWriter errors, bool isShown)
{
    const string LineStart = "\r\e[K";

    /// <summary>Whether people sit there.</summary>
    public bool IsShown => isShown;

    /// <summary>Which of several runs it is; stands in front.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it does now.</summary>
    /// <param name="name">In a word.</param>
    public void Phase(string name) => Write($"{name} …");

    /// <summary>A second is over.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="moment">How it went.</param>
    /// <param name="cpuMicroseconds">The server's CPU for one operation; null when it is not known.</param>
    /// <param name="faults">What was wrong so far.</param>
    public void Second(BenchOptions options, Moment moment, double? cpuMicroseconds, long faults)
    {
        string cpu = cpuMicroseconds is { } known ? string.Create(CultureInfo.InvariantCulture, $", {known:0.00} µs CPU each") : "";
        string wrong = faults > 0 ? string.Create(CultureInfo.InvariantCulture, $", {faults:N0} wrong") : "";
        Write(string.Create(CultureInfo.InvariantCulture,
            $"{moment.At:0} of {options.Duration.TotalSeconds:0} s: {moment.PerSecond:N0}/s, p50 {Figures.Time(moment.P50)}, p99 {Figures.Time(moment.P99)}{cpu}{wrong}"));
    }

    /// <summary>Nothing more is told.</summary>
    public void End()
    {
        if (isShown) errors.Write(LineStart);
    }

    void Write(string text)
    {
        if (isShown) errors.Write(LineStart + Name + text);
    }
}
