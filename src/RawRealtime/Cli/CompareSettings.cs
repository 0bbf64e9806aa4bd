using System.CommandLine;
using RawRealtime.Bench;

namespace RawRealtime.Cli;

/// <summary>The settings of <c>compare</c>. They come from the command line alone.</summary>
internal sealed class CompareSettings
{
    const int MostRate = 100_000;

    readonly Argument<string?> server = new("server") { Description = "A RawRealtime server such as http://127.0.0.1:5000; none to start one for the comparison", Arity = ArgumentArity.ZeroOrOne };
    readonly Option<int> subscribers = BenchSettings.Number("--subscribers", 100, 1, 100_000, "Subscribers of each transport");
    readonly Option<string> rates = new("--rates") { Description = "Messages a second, several of them with commas", HelpName = "numbers", DefaultValueFactory = _ => "10,100,1000" };
    readonly Option<string> sizes = new("--sizes") { Description = "Sizes of a message, with commas", HelpName = "sizes", DefaultValueFactory = _ => "125,4KiB" };
    readonly Option<Duration> duration = BenchSettings.Time("--duration", 2, "How long each of them is measured, each time");
    readonly Option<int> rounds = BenchSettings.Number("--rounds", 3, 1, 99, "How often each is measured, in turns; the median counts");
    readonly Option<int> idle = BenchSettings.Number("--idle", 5000, 10, 100_000, "Connections that are held to see what memory each takes");
    readonly Option<int[]> pids = new("--pid") { Description = "Process of that server, to read its CPU and memory (Linux); repeatable", HelpName = "pid" };
    readonly Option<bool> json = new("--json") { Description = "One JSON line instead of the tables" };
    readonly Option<FileInfo?> html = new("--html") { Description = "Write a page with charts to this file", HelpName = "file" };

    public CompareSettings()
    {
        Root.Add(server);
        foreach (Option setting in new Option[] { subscribers, rates, sizes, duration, rounds, idle, pids, json, html }) Root.Add(setting);
    }

    /// <summary>The command.</summary>
    public Command Root { get; } = new("compare", "Measure WebSocket, event stream and long poll with the same messages, and say which is for what");

    /// <summary>What was set.</summary>
    /// <exception cref="BadSettingException">Settings that make no sense, alone or together.</exception>
    public CompareOptions Read(ParseResult parsed)
    {
        Uri? address = parsed.GetValue(server) is { } given ? ServerAddress.Read(given, "compare") : null;
        if (address is { Scheme: "https" }) throw new BadSettingException("compare: TLS is not spoken here: measure without it.");
        int[] processes = parsed.GetValue(pids) ?? [];
        if (address is null && processes.Length > 0) throw new BadSettingException("--pid is of a server that is named; the one that is started is known.");
        return new(address)
        {
            Subscribers = parsed.GetValue(subscribers),
            Rates = [.. Split(parsed.GetValue(rates)!).Select(ReadRate)],
            Sizes = [.. Split(parsed.GetValue(sizes)!).Select(ReadSize)],
            Duration = parsed.GetValue(duration).Time,
            Rounds = parsed.GetValue(rounds),
            Idle = parsed.GetValue(idle),
            Pids = processes,
            IsJson = parsed.GetValue(json),
            HtmlFile = parsed.GetValue(html)?.FullName,
        };
    }

    static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    static double ReadRate(string text) => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double rate) && rate is > 0 and <= MostRate
        ? rate : throw new BadSettingException($"--rates: '{text}' is no number from 0.1 to {MostRate}.");

    // 1 MiB is the most that a server takes unless it is told otherwise.
    static int ReadSize(string text) => Quantities.TryReadBytes(text, out ByteSize size) && size.Bytes is >= NumberedMessage.HeadBytes and <= 1 << 20
        ? (int)size.Bytes : throw new BadSettingException($"--sizes: '{text}' is no size from {NumberedMessage.HeadBytes} to 1MiB.");
}
