using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>What is printed at start: where the server is, and lines to paste.</summary>
internal static class Banner
{
    const string Open = "Whoever reaches this server may subscribe, publish and delete. To ask for tokens:\n  rawrealtime token key > key, and start with --token-key-file key";

    /// <summary>Prints it.</summary>
    public static Task WriteAsync(TextWriter output, RealtimeServer server)
    {
        string places = string.Join("\n" + new string(' ', 14) + "and on ", server.Addresses);
        string curl = server.SocketFile is { } file ? $"curl --unix-socket {file}" : "curl";
        IEnumerable<(string What, string Line)> lines = server.IsTestee ? OfTestee(server.BaseAddress, curl) : OfServer(server.BaseAddress, curl);
        return output.WriteLineAsync($"""
            RawRealtime {typeof(Banner).Assembly.GetName().Version!.ToString(3)} on {places}

            {string.Join('\n', lines.Where(line => server.SocketFile is null || line.Line.StartsWith(curl, StringComparison.Ordinal)).Select(line => $"  {line.What,-14} {line.Line}"))}

            {(server.IsOpenToOthers ? Open + "\n\n" : "")}Ctrl+C drains and stops.
            """);
    }

    static IEnumerable<(string What, string Line)> OfServer(string http, string curl) =>
    [
        ("the page", $"{http}/"),
        ("WebSocket", $"ws{http[4..]}/ws"),
        ("event stream", $"{curl} -N {http}/events"),
        ("long poll", $"{curl} {http}/poll"),
        ("publish", $"{curl} -d hello {http}/publish"),
    ];

    static IEnumerable<(string What, string Line)> OfTestee(string http, string curl) =>
    [
        ("echo", $"ws{http[4..]}/ (any path)"),
        ("content back", $"{curl} -d hello {http}/"),
        ("fields back", $"{curl} {http}/echo"),
        ("cookies back", $"{curl} -b a=1 {http}/cookie"),
    ];
}
