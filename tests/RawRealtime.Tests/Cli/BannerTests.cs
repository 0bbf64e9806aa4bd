using Microsoft.Extensions.Logging.Abstractions;
using RawRealtime.Cli;
using RawRealtime.Server;

namespace RawRealtime.Tests.Cli;

public sealed class BannerTests
{
    [Fact]
    public async Task Every_line_can_be_pasted()
    {
        await using RealtimeServer server = RealtimeServer.Start(new() { Port = 0 }, NullLoggerFactory.Instance, TimeProvider.System);
        StringWriter output = new();
        await Banner.WriteAsync(output, server);
        string at = server.BaseAddress[4..], text = output.ToString();
        foreach (string line in new[] { $" on http{at}", $" http{at}/\n", $" ws{at}/ws\n", $" curl -N http{at}/events\n", $" curl http{at}/poll\n", $" curl -d hello http{at}/publish\n" })
            Assert.Contains(line, text.ReplaceLineEndings("\n"));
    }
}
