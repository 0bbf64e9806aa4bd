using System.Diagnostics;
using System.Globalization;

namespace RawRealtime.Bench.Idle;

/// <summary>The server's exe with its defaults, and its resident memory as Linux tells it.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    const int Samples = 10, MaxSamples = 120;
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    readonly Process process;

    MeasuredServer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static async Task<MeasuredServer> StartAsync()
    {
        ProcessStartInfo info = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "rawrealtime.dll"), "--port", "0"]) { RedirectStandardOutput = true };
        Process process = Process.Start(info)!;
        string? line;
        do line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("the server did not start");
        while (!line.StartsWith("RawRealtime ", StringComparison.Ordinal));
        return new(process, new Uri(line[(line.LastIndexOf(' ') + 1)..]).Port);
    }

    /// <summary>Resident bytes, once they have moved by less than half a percent for a while; nobody outside can make the process collect.</summary>
    public async Task<long> SettledAsync()
    {
        Queue<long> last = new();
        for (int i = 0; i < MaxSamples && !(last.Count == Samples && last.Max() - last.Min() < last.Max() / 200); i++)
        {
            await Task.Delay(Between).ConfigureAwait(false);
            last.Enqueue(Resident());
            if (last.Count > Samples) last.Dequeue();
        }
        return last.Last();
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    long Resident()
    {
        const string Name = "VmRSS:";
        string line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
