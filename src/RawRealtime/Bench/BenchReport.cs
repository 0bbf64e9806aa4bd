using System.Globalization;
using System.Text;
using RawRealtime.Client;

namespace RawRealtime.Bench;

/// <summary>What a run found, for people and for machines.</summary>
internal static class BenchReport
{
    /// <summary>How much of a core the generator may use before it is told that it may be the limit.</summary>
    const double BusyCores = 0.9;

    /// <summary>What was done, in one line.</summary>
    /// <param name="options">What was asked for.</param>
    public static string Title(BenchOptions options)
    {
        string pace = options.Rate is { } rate ? $"{Figures.Count(rate)}/s" : "flat out";
        string what = options.Kind switch
        {
            BenchKind.Http => $"GET, {options.Connections:N0} connections, depth {options.Depth}, {pace}",
            BenchKind.Ws => $"echo of {options.Size:N0} bytes, {options.Connections:N0} WebSockets, depth {options.Depth}, {pace}",
            BenchKind.FanOut => $"fan-out of {options.Size:N0} bytes to {options.Connections:N0} {NameOf(options.Transport)}, {pace}",
            BenchKind.Idle => $"{options.Connections:N0} idle {NameOf(options.Transport)}",
            _ => $"connect, {(options.Transport == BenchTransport.Ws ? "handshake" : "GET")}, close; {options.Connections:N0} at a time, {pace}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{what}: {options.Url}");
    }

    /// <summary>The figures, each with its name.</summary>
    /// <param name="result">What was found.</param>
    public static IEnumerable<(string Name, string Value)> Rows(BenchResult result)
    {
        Percentiles latency = result.Latency;
        if (result.Options.Kind == BenchKind.Idle) yield return ("open at the end", Figures.Count(result.Open));
        else
        {
            yield return ($"{Plural(result.Operation)} per second", Figures.Count(Math.Round(result.PerSecond)));
            yield return ("latency p50", Figures.Time(latency.P50));
            yield return ("latency p90", Figures.Time(latency.P90));
            yield return ("latency p99", Figures.Time(latency.P99));
            yield return ("latency p99.9", Figures.Time(latency.P999));
            yield return ("latency max", Figures.Time(latency.Max));
            yield return ("received per second", Figures.Bytes(result.Wire.Received / result.Seconds));
        }
        if (result.CpuMicroseconds is { } cpu && result.Options.Kind != BenchKind.Idle) yield return ($"server CPU per {result.Operation}", $"{Figures.Short(cpu)} µs");
        if (result.ServerCores is { } cores && result.Options.Kind != BenchKind.Idle) yield return ("server cores", Figures.Short(cores));
        if (result.After is { } after) yield return ("server memory", Figures.Bytes(after.ResidentBytes));
        if (result.BytesPerConnection is { } each) yield return ("… per connection", Figures.Bytes(each));
        yield return ("generator cores", Figures.Short(result.GeneratorCores));
    }

    /// <summary>Several of them.</summary>
    /// <param name="operation">One of them.</param>
    public static string Plural(string operation) => operation switch { "delivery" => "deliveries", "echo" => "echoes", _ => operation + "s" };

    /// <summary>The table, and what was wrong.</summary>
    /// <param name="result">What was found.</param>
    public static string Text(BenchResult result)
    {
        TextTable table = new("", "");
        foreach ((string name, string value) in Rows(result)) table.Add(name, value);
        StringBuilder text = new($"{Title(result.Options)}\n\n{table}");
        if (result is { Options.Rate: null, GeneratorCores: > BusyCores } && result.Options.Kind != BenchKind.Idle)
            text.Append("\nThe generator used a whole core: the server may be able to do more. CPU per operation still counts.\n");
        text.Append('\n').Append(Verdict(result)).Append('\n');
        return text.ToString();
    }

    /// <summary>What was wrong, in words.</summary>
    /// <param name="result">What was found.</param>
    public static string Verdict(BenchResult result)
    {
        if (result.IsRight) return result.Options.Kind == BenchKind.Idle ? "Verified: every connection stayed open." : $"Verified: every {result.Operation} was right.";
        string list = string.Join("; ", result.Faults.Select(one => $"{Figures.Count(one.Count)} {BenchFailures.Explain(one.Fault)}"));
        return $"WRONG: {list}. First: {result.FirstFault}";
    }

    /// <summary>The same for machines, on one line.</summary>
    /// <param name="result">What was found.</param>
    public static ReadOnlyMemory<byte> Json(BenchResult result) => JsonLine.Of("bench", json =>
    {
        BenchOptions options = result.Options;
        json.WriteString("kind", options.Kind.ToString().ToLowerInvariant());
        json.WriteString("title", Title(options));
        json.WriteString("url", options.Url.ToString());
        if (options.Kind is BenchKind.FanOut or BenchKind.Idle or BenchKind.Connect) json.WriteString("transport", NameOf(options.Transport));
        json.WriteNumber("connections", options.Connections);
        json.WriteNumber("depth", options.Depth);
        json.WriteNumber("size", options.Size);
        if (options.Rate is { } rate) json.WriteNumber("rate", rate);
        json.WriteNumber("seconds", Math.Round(result.Seconds, 3));
        json.WriteString("operation", result.Operation);
        json.WriteNumber("operations", result.Operations);
        json.WriteNumber("perSecond", Math.Round(result.PerSecond, 1));
        json.WriteStartObject("latencyMicroseconds");
        foreach ((string name, long value) in new[] { ("p50", result.Latency.P50), ("p90", result.Latency.P90), ("p99", result.Latency.P99), ("p99.9", result.Latency.P999), ("max", result.Latency.Max) })
            json.WriteNumber(name, value / 1e3);
        json.WriteEndObject();
        json.WriteNumber("bytesReceived", result.Wire.Received);
        json.WriteNumber("bytesSent", result.Wire.Sent);
        if (result.CpuMicroseconds is { } cpu) json.WriteNumber("cpuMicroseconds", Math.Round(cpu, 4));
        if (result.ServerCores is { } cores) json.WriteNumber("serverCores", Math.Round(cores, 4));
        if (result.After is { } after) json.WriteNumber("residentBytes", after.ResidentBytes);
        if (result.BytesPerConnection is { } each) json.WriteNumber("bytesPerConnection", Math.Round(each, 1));
        json.WriteNumber("generatorCores", Math.Round(result.GeneratorCores, 4));
        json.WriteNumber("open", result.Open);
        json.WriteStartObject("faults");
        foreach ((BenchFailure fault, long count) in result.Faults) json.WriteNumber(BenchFailures.NameOf(fault), count);
        json.WriteEndObject();
        if (result.FirstFault is { } first) json.WriteString("firstFault", first);
    });

    static string NameOf(BenchTransport transport) => transport switch
    {
        BenchTransport.Ws => "WebSockets",
        BenchTransport.Sse => "event streams",
        BenchTransport.Poll => "held polls",
        _ => "keep-alive connections",
    };
}
