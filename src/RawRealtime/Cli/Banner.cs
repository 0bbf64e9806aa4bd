using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary>What is printed at start: where the server is, and lines to paste.</summary>
internal static class Banner
{
    /// <summary>Prints it.</summary>
    public static Task WriteAsync(TextWriter output, RealtimeServer server)
    {
        string http = server.BaseAddress, ws = "ws" + http[4..];
        return output.WriteLineAsync($"""
            RawRealtime {typeof(Banner).Assembly.GetName().Version!.ToString(3)} on {http}

              the page       {http}/
              WebSocket      {ws}/ws
              event stream   curl -N {http}/events
              long poll      curl {http}/poll
              publish        curl -d hello {http}/publish

            Ctrl+C drains and stops.
            """);
    }
}
