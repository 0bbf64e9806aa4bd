using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>What is printed at start: where the server is, and lines to paste.</summary>
internal static class Banner
{
    /// <summary>Prints it.</summary>
    public static Task WriteAsync(TextWriter output, RealtimeServer server)
    {
        string http = server.BaseAddress, ws = "ws" + http[4..];
        string curl = server.SocketFile is { } file ? $"curl --unix-socket {file}" : "curl";
        string places = string.Join("\n" + new string(' ', 14) + "and on ", server.Addresses);
        string browser = server.SocketFile is null ? $"  the page       {http}/\n  WebSocket      {ws}/ws\n" : "";
        return output.WriteLineAsync($"""
            RawRealtime {typeof(Banner).Assembly.GetName().Version!.ToString(3)} on {places}

            {browser}  event stream   {curl} -N {http}/events
              long poll      {curl} {http}/poll
              publish        {curl} -d hello {http}/publish

            Ctrl+C drains and stops.
            """);
    }
}
