using System.Globalization;

namespace RawRealtime.Bench;

/// <summary>What follows from the numbers, in plain words. Pure: every sentence is computed.</summary>
internal static class CompareAdvice
{
    /// <summary>How much more is no reason to choose.</summary>
    const double Alike = 1.25;

    /// <summary>What people and networks do not notice, in nanoseconds: 10 ms.</summary>
    const double Unnoticed = 10_000_000;

    /// <summary>Up to this share of heads and framing, bytes are no reason to avoid a transport.</summary>
    const double SmallOverhead = 0.5;

    /// <summary>A transport's name.</summary>
    /// <param name="transport">Which.</param>
    public static string NameOf(BenchTransport transport) => transport switch { BenchTransport.Ws => "WebSocket", BenchTransport.Sse => "event stream", _ => "long poll" };

    /// <summary>The recommendation, one sentence each, the conclusion last.</summary>
    /// <param name="result">What was found.</param>
    public static IReadOnlyList<string> Of(CompareResult result)
    {
        double rate = result.Cells.Max(cell => cell.Rate);
        int size = result.Cells.Min(cell => cell.Size);
        CompareCell[] busiest = [.. result.Cells.Where(cell => cell.Rate == rate && cell.Size == size)];
        string at = string.Create(CultureInfo.InvariantCulture, $"at {Figures.Count(rate)} messages a second of {Figures.Bytes(size)}");
        List<string> said = [];
        Add(said, $"Latency {at} (p99)", busiest.Select(cell => (cell.Transport, (double?)cell.Run.Latency.P99)), Figures.Time, Unnoticed);
        Add(said, $"Bytes for each message {at}", busiest.Select(cell => (cell.Transport, (double?)cell.Share.Sum)), Figures.Bytes);
        Add(said, $"Server CPU for each delivery {at}", busiest.Select(cell => (cell.Transport, cell.CpuMicroseconds)), value => $"{Figures.Short(value)} µs");
        Add(said, "Memory for each subscriber", result.Standings.Select(one => (one.Transport, one.BytesPerSubscriber)), Figures.Bytes);
        Add(said, "Time to come back and have what was missed", result.Standings.Select(one => (one.Transport, (double?)one.Reconnect.Nanoseconds)), Figures.Time, Unnoticed);
        said.Add(Conclusion(busiest));
        said.Add(OfPolls(result));
        return said;
    }

    /// <summary>Compares one figure.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="values">That of each transport.</param>
    /// <param name="write">How it is written.</param>
    /// <param name="unnoticed">A difference that is no reason to choose.</param>
    /// <returns>One sentence; null when no value is known.</returns>
    public static string? Sentence(string what, IEnumerable<(BenchTransport Transport, double? Value)> values, Func<double, string> write, double unnoticed = 0)
    {
        (BenchTransport Transport, double Value)[] known = [.. values.Where(one => one.Value is > 0).Select(one => (one.Transport, one.Value!.Value)).OrderBy(one => one.Value)];
        if (known.Length < 2) return null;
        if (AreAlike(known[0].Value, known[^1].Value, unnoticed)) return $"{what}: no reason to choose, {write(known[0].Value)} to {write(known[^1].Value)}.";
        string others = string.Join(", ", known.Skip(1).Select(one => $"{NameOf(one.Transport)} {write(one.Value)} ({Figures.Short(one.Value / known[0].Value)} times)"));
        return $"{what}: {NameOf(known[0].Transport)} needs least, {write(known[0].Value)}; {others}.";
    }

    static bool AreAlike(double less, double more, double unnoticed) => more <= less * Alike || more - less <= unnoticed;

    static void Add(List<string> said, string what, IEnumerable<(BenchTransport, double?)> values, Func<double, string> write, double unnoticed = 0)
    {
        if (Sentence(what, values, write, unnoticed) is { } sentence) said.Add(sentence);
    }

    static string Conclusion(CompareCell[] cells)
    {
        CompareCell? socket = cells.FirstOrDefault(cell => cell.Transport == BenchTransport.Ws), stream = cells.FirstOrDefault(cell => cell.Transport == BenchTransport.Sse);
        if (socket is null || stream is null) return "";
        bool isAsFast = AreAlike(socket.Run.Latency.P99, stream.Run.Latency.P99, Unnoticed);
        bool isAsCheap = (stream.CpuMicroseconds ?? 1) <= (socket.CpuMicroseconds ?? 1) * Alike;
        const string Sends = "Clients that also send often: WebSocket, the only one with a way back.";
        if (isAsFast && isAsCheap) return $"{Sends} Clients that only listen: event stream; it is as fast and as cheap for the server here, plain HTTP, and a browser comes back by itself.";
        string why = isAsFast ? "costs the server more" : isAsCheap ? "is slower" : "is slower and costs the server more";
        return $"{Sends} Clients that only listen: WebSocket too where this load is usual, since an event stream {why} here; below it an event stream, which is plain HTTP and comes back by itself.";
    }

    static string OfPolls(CompareResult result)
    {
        CompareCell[] polls = [.. result.Cells.Where(cell => cell.Transport == BenchTransport.Poll)];
        double[] fine = [.. polls.GroupBy(cell => cell.Rate).Where(rate => rate.All(cell => cell.Share.Sum <= cell.Share.Payload * (1 + SmallOverhead))).Select(group => group.Key)];
        CompareCell? worst = polls.MaxBy(cell => cell.Share.Sum / Math.Max(1, cell.Share.Payload));
        if (worst is null) return "";
        string cost = $"it moved up to {Figures.Short(worst.Share.Sum / worst.Share.Payload)} times the message's bytes";
        return fine.Length == result.Options.Rates.Count
            ? "Long poll: usable at every rate that was tried, where the others are not let through."
            : $"Long poll: only where the others are not let through; {cost}, at {Figures.Count(worst.Rate)} messages a second of {Figures.Bytes(worst.Size)}.";
    }
}
