using System.Globalization;
using System.Net;
using System.Text;

namespace RawRealtime.Bench;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">From left to right.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A chart of lines as SVG: axes with round numbers, a legend, colours that work on light and dark.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="TextOfX">How a number of the x axis is written.</param>
/// <param name="TextOfY">How a number of the y axis is written.</param>
internal sealed record SvgChart(string Title, IReadOnlyList<ChartLine> Lines, Func<double, string> TextOfX, Func<double, string> TextOfY)
{
    const int Width = 720, Height = 300, Left = 90, Right = 20, Top = 40, Bottom = 40, Steps = 5;
    static readonly string[] Colours = ["#2f6fde", "#d9822b", "#2e9e6b", "#a64ac9", "#c23b4b"];

    static readonly double[] RoundSteps = [1, 2, 5, 10];

    /// <summary>Whether the y axis goes by powers of ten.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>Numbers of the x axis that are marked; null for round ones.</summary>
    public IReadOnlyList<double>? MarksX { get; init; }

    /// <summary>The element.</summary>
    public override string ToString()
    {
        (double X, double Y)[] all = [.. Lines.SelectMany(line => line.Points).Where(point => !IsLogarithmic || point.Y > 0)];
        if (all.Length == 0) return "";
        (double fromX, double toX) = (all.Min(point => point.X), all.Max(point => point.X));
        (double fromY, double toY) = IsLogarithmic
            ? (Math.Floor(Math.Log10(all.Min(point => point.Y))), Math.Ceiling(Math.Log10(all.Max(point => point.Y)) + 0.01)) : (0, Round(all.Max(point => point.Y)));
        Func<double, double> x = value => Left + (toX > fromX ? (value - fromX) / (toX - fromX) : 0.5) * (Width - Left - Right);
        Func<double, double> y = value => Height - Bottom - ((IsLogarithmic ? Math.Log10(value) : value) - fromY) / Math.Max(toY - fromY, 1e-9) * (Height - Top - Bottom);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html(Title)}\">\n<text class=\"title\" x=\"{Left}\" y=\"18\">{Html(Title)}</text>\n");
        AppendAxes(svg, IsLogarithmic ? Decades(fromY, toY) : Marks(fromY, toY), MarksX ?? Marks(fromX, toX), x, y);
        for (int i = 0; i < Lines.Count; i++) AppendLine(svg, i, x, y);
        return svg.Append("</svg>\n").ToString();
    }

    void AppendAxes(StringBuilder svg, IEnumerable<double> marksY, IEnumerable<double> marksX, Func<double, double> x, Func<double, double> y)
    {
        foreach (double mark in marksY)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y(mark):0.#}\" y2=\"{y(mark):0.#}\"/><text class=\"mark\" text-anchor=\"end\" x=\"{Left - 8}\" y=\"{y(mark) + 4:0.#}\">{Html(TextOfY(mark))}</text>\n");
        foreach (double mark in marksX)
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"mark\" text-anchor=\"middle\" x=\"{x(mark):0.#}\" y=\"{Height - Bottom + 18}\">{Html(TextOfX(mark))}</text>\n");
    }

    void AppendLine(StringBuilder svg, int index, Func<double, double> x, Func<double, double> y)
    {
        string colour = Colours[index % Colours.Length];
        string points = string.Join(' ', Lines[index].Points.Where(point => !IsLogarithmic || point.Y > 0)
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{x(point.X):0.#},{y(point.Y):0.#}")));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{points}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" style=\"fill:{colour}\" text-anchor=\"end\" x=\"{Width - Right - 110 * (Lines.Count - 1 - index)}\" y=\"18\">{Html(Lines[index].Name)}</text>\n");
    }

    static IEnumerable<double> Decades(double from, double to)
    {
        for (double power = from; power <= to; power++) yield return Math.Pow(10, power);
    }

    static IEnumerable<double> Marks(double from, double to)
    {
        double step = Round((to - from) / Steps);
        for (double mark = Math.Ceiling(from / step) * step; step > 0 && mark <= to + step / 1000; mark += step) yield return mark;
    }

    /// <summary>The next of 1, 2, 5, 10, 20, 50 … at or above.</summary>
    /// <param name="value">The number.</param>
    internal static double Round(double value)
    {
        if (value <= 0) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * RoundSteps.First(one => one * power >= value * 0.999999);
    }

    static string Html(string text) => WebUtility.HtmlEncode(text);
}
