using System.Globalization;
using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Bench;

/// <summary>A comparison for people, as tables or as a page, and for machines.</summary>
internal static class CompareReport
{
    static readonly string[] RunHead = ["", "p50", "p99", "p99.9", "max", "CPU each", "heads", "framing", "payload"];
    static readonly string[] StandingHead = ["", "memory each", "time to come back", "bytes sent", "bytes received"];

    /// <summary>What was done, in one line.</summary>
    /// <param name="result">What was found.</param>
    public static string Title(CompareResult result) => string.Create(CultureInfo.InvariantCulture,
        $"WebSocket, event stream and long poll: the same messages to {result.Options.Subscribers:N0} subscribers");

    /// <summary>Tables and recommendation.</summary>
    /// <param name="result">What was found.</param>
    public static string Text(CompareResult result)
    {
        StringBuilder text = new($"{Title(result)}\n");
        foreach ((string name, IEnumerable<string[]> rows) in Groups(result)) text.Append(CultureInfo.InvariantCulture, $"\n{name}\n\n{TableOf(RunHead, rows)}");
        text.Append(CultureInfo.InvariantCulture, $"\nBeside the messages\n\n{TableOf(StandingHead, StandingRows(result))}\nWhat follows\n\n");
        foreach (string sentence in CompareAdvice.Of(result)) text.Append(CultureInfo.InvariantCulture, $"  - {sentence}\n");
        text.Append('\n').Append(result.Wrong is { } wrong ? wrong : "Verified: every delivery came once and in order.").Append('\n');
        return text.ToString();
    }

    /// <summary>The page.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="when">When.</param>
    public static string Html(CompareResult result, DateTimeOffset when)
    {
        BenchPage page = new(Title(result));
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"rawrealtime compare, {when.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {result.Options.Duration.TotalSeconds:0.#} s for each row, the median of {result.Options.Rounds}, on {Environment.ProcessorCount} cores."));
        page.Headline("What follows");
        foreach (string sentence in CompareAdvice.Of(result)) page.Paragraph(sentence);
        if (result.Wrong is { } wrong) page.Paragraph(wrong, isWrong: true);
        foreach (int size in result.Options.Sizes) AddCharts(page, result, size);
        foreach ((string name, IEnumerable<string[]> rows) in Groups(result))
        {
            page.Headline(name);
            page.Table(RunHead, rows);
        }
        page.Headline("Beside the messages");
        page.Table(StandingHead, StandingRows(result));
        return page.ToString();
    }

    /// <summary>For machines, on one line.</summary>
    /// <param name="result">What was found.</param>
    public static ReadOnlyMemory<byte> Json(CompareResult result) => JsonLine.Of("compare", json =>
    {
        json.WriteNumber("subscribers", result.Options.Subscribers);
        json.WriteStartArray("runs");
        foreach (CompareCell cell in result.Cells)
        {
            json.WriteStartObject();
            json.WriteString("transport", cell.Transport.ToString().ToLowerInvariant());
            json.WriteNumber("rate", cell.Rate);
            json.WriteNumber("size", cell.Size);
            json.WriteNumber("deliveries", cell.Run.WholeWire.Operations);
            json.WriteNumber("p50Microseconds", cell.Run.Latency.P50 / 1e3);
            json.WriteNumber("p99Microseconds", cell.Run.Latency.P99 / 1e3);
            json.WriteNumber("p999Microseconds", cell.Run.Latency.P999 / 1e3);
            json.WriteNumber("maxMicroseconds", cell.Run.Latency.Max / 1e3);
            if (cell.CpuMicroseconds is { } cpu) json.WriteNumber("cpuMicroseconds", Math.Round(cpu, 4));
            json.WriteNumber("headBytes", Math.Round(cell.Share.Heads, 2));
            json.WriteNumber("framingBytes", Math.Round(cell.Share.Framing, 2));
            json.WriteNumber("faults", cell.Run.Faults.Sum(one => one.Count));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("standings");
        foreach (CompareStanding standing in result.Standings)
        {
            json.WriteStartObject();
            json.WriteString("transport", standing.Transport.ToString().ToLowerInvariant());
            if (standing.BytesPerSubscriber is { } bytes) json.WriteNumber("bytesPerSubscriber", Math.Round(bytes));
            json.WriteNumber("reconnectMicroseconds", standing.Reconnect.Nanoseconds / 1e3);
            json.WriteNumber("reconnectBytesSent", standing.Reconnect.BytesSent);
            json.WriteNumber("reconnectBytesReceived", standing.Reconnect.BytesReceived);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("advice");
        foreach (string sentence in CompareAdvice.Of(result)) json.WriteStringValue(sentence);
        json.WriteEndArray();
    });

    static IEnumerable<(string Name, IEnumerable<string[]> Rows)> Groups(CompareResult result) =>
        result.Cells.GroupBy(cell => (cell.Size, cell.Rate)).Select(group =>
            ($"{Figures.Count(group.Key.Rate)} messages a second of {Figures.Bytes(group.Key.Size)}", group.Select(RowOf)));

    static string[] RowOf(CompareCell cell) =>
    [
        CompareAdvice.NameOf(cell.Transport),
        Figures.Time(cell.Run.Latency.P50), Figures.Time(cell.Run.Latency.P99), Figures.Time(cell.Run.Latency.P999), Figures.Time(cell.Run.Latency.Max),
        cell.CpuMicroseconds is { } cpu ? $"{Figures.Short(cpu)} µs" : "–",
        BytesText(cell.Share.Heads), BytesText(cell.Share.Framing), BytesText(cell.Share.Payload),
    ];

    static IEnumerable<string[]> StandingRows(CompareResult result) => result.Standings.Select(one => new[]
    {
        CompareAdvice.NameOf(one.Transport),
        one.BytesPerSubscriber is { } bytes ? Figures.Bytes(bytes) : "–",
        Figures.Time(one.Reconnect.Nanoseconds),
        Figures.Bytes(one.Reconnect.BytesSent), Figures.Bytes(one.Reconnect.BytesReceived),
    });

    static string BytesText(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} B");

    static TextTable TableOf(string[] head, IEnumerable<string[]> rows)
    {
        TextTable table = new(head);
        foreach (string[] row in rows) table.Add(row);
        return table;
    }

    static void AddCharts(BenchPage page, CompareResult result, int size)
    {
        if (result.Options.Rates.Count < 2) return;
        string of = $"messages of {Figures.Bytes(size)}";
        page.Add(ByRate(result, size, $"p99 latency, {of}", cell => cell.Run.Latency.P99, Figures.Time, isLogarithmic: true));
        page.Add(ByRate(result, size, $"bytes for each delivery, {of}", cell => cell.Share.Sum, Figures.Bytes, isLogarithmic: false));
        page.Add(ByRate(result, size, $"server CPU for each delivery, {of}", cell => cell.CpuMicroseconds ?? 0, value => $"{Figures.Short(value)} µs", isLogarithmic: false));
    }

    static SvgChart ByRate(CompareResult result, int size, string title, Func<CompareCell, double> value, Func<double, string> write, bool isLogarithmic)
    {
        IEnumerable<ChartLine> lines = result.Cells.Where(cell => cell.Size == size).GroupBy(cell => cell.Transport)
            .Select(group => new ChartLine(CompareAdvice.NameOf(group.Key), [.. group.Select(cell => (Math.Log10(cell.Rate), value(cell)))]));
        return new(title, [.. lines], rate => $"{Figures.Count(Math.Pow(10, rate))}/s", write) { IsLogarithmic = isLogarithmic, MarksX = [.. result.Options.Rates.Select(Math.Log10)] };
    }
}
