using System.Globalization;
using System.Net;
using System.Text;

namespace RawRealtime.Bench;

/// <summary>A page with tables and charts in one file: it asks nothing of any server, and works from a mail.</summary>
internal sealed class BenchPage
{
    const string Style = """
        :root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        td,th{padding:.2rem .8rem .2rem 0;text-align:right;border-bottom:1px solid #8884}td:first-child,th:first-child{text-align:left}
        svg{width:100%;height:auto;margin:1rem 0}svg text{font:12px system-ui,sans-serif;fill:currentColor}svg .title{font-weight:600}
        svg .name{font-weight:600}.grid{stroke:#8884}.wrong{color:#c23b4b;font-weight:600}
        """;

    readonly StringBuilder body = new();
    readonly string title;

    /// <summary>A page with a headline.</summary>
    /// <param name="title">The headline.</param>
    public BenchPage(string title)
    {
        this.title = title;
        body.Append(CultureInfo.InvariantCulture, $"<h1>{Html(title)}</h1>\n");
    }

    /// <summary>The page of one run.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="when">When.</param>
    public static string Of(BenchResult result, DateTimeOffset when)
    {
        BenchPage page = new(BenchReport.Title(result.Options));
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"rawrealtime bench, {when.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {result.Seconds:0.#} s measured on {Environment.ProcessorCount} cores. {BenchReport.Verdict(result)}"), !result.IsRight);
        page.Table(["", ""], BenchReport.Rows(result).Select(row => new[] { row.Name, row.Value }));
        if (result.Options.Kind == BenchKind.Idle) return page.ToString();
        page.Add(new($"{BenchReport.Plural(result.Operation)} per second", [new("per second", [.. result.Moments.Select(one => (one.At, one.PerSecond))])], SecondsText, Figures.Count));
        ChartLine median = new("p50", [.. result.Moments.Select(one => (one.At, (double)one.P50))]);
        ChartLine tail = new("p99", [.. result.Moments.Select(one => (one.At, (double)one.P99))]);
        page.Add(new("latency, second by second", [median, tail], SecondsText, Figures.Time) { IsLogarithmic = true });
        page.Add(CurveOf("latency by percentile", [("latency", result.Curve)]));
        return page.ToString();
    }

    /// <summary>A chart of latencies over percentiles, by powers of ten of what is left.</summary>
    /// <param name="name">What it shows.</param>
    /// <param name="curves">Its curves.</param>
    public static SvgChart CurveOf(string name, IEnumerable<(string Name, IReadOnlyList<(double Percentile, long Nanoseconds)> Points)> curves)
    {
        ChartLine[] lines = [.. curves.Select(curve => new ChartLine(curve.Name,
            [.. curve.Points.Where(point => point.Percentile < 100).Select(point => (-Math.Log10(1 - point.Percentile / 100), (double)point.Nanoseconds))]))];
        double most = lines.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(0).Max();
        double[] marks = [.. new[] { 0, 1 - Math.Log10(5), 1, 2, 3, 4, 5, 6 }.Where(mark => mark <= most)];
        return new(name, lines, left => string.Create(CultureInfo.InvariantCulture, $"{100 - 100 * Math.Pow(10, -left):0.######}%"), Figures.Time) { IsLogarithmic = true, MarksX = marks };
    }

    /// <summary>Adds a smaller headline.</summary>
    /// <param name="text">Its text.</param>
    public void Headline(string text) => body.Append(CultureInfo.InvariantCulture, $"<h2>{Html(text)}</h2>\n");

    /// <summary>Adds a paragraph.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="isWrong">Whether it tells of something wrong.</param>
    public void Paragraph(string text, bool isWrong = false) => body.Append(CultureInfo.InvariantCulture, $"<p{(isWrong ? " class=\"wrong\"" : "")}>{Html(text)}</p>\n");

    /// <summary>Adds a table.</summary>
    /// <param name="head">The names of its columns; empty ones for none.</param>
    /// <param name="rows">Its rows.</param>
    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        body.Append("<table>\n");
        if (head.Any(name => name.Length > 0)) body.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(head.Select(name => $"<th>{Html(name)}</th>"))}</tr>\n");
        foreach (string[] row in rows) body.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{Html(cell)}</td>"))}</tr>\n");
        body.Append("</table>\n");
    }

    /// <summary>Adds a chart.</summary>
    /// <param name="chart">It.</param>
    public void Add(SvgChart chart) => body.Append(chart);

    /// <summary>The whole page.</summary>
    public override string ToString() =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Html(title)}</title>\n<style>{Style}</style></head>\n<body>\n{body}</body></html>\n";

    static string SecondsText(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s");

    static string Html(string text) => WebUtility.HtmlEncode(text);
}
