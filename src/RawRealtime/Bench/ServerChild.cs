using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RawRealtime.Bench;

/// <summary>A server of our own, in a process of its own, for as long as it is measured.</summary>
internal sealed partial class ServerChild : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Process process;

    ServerChild(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>Its process.</summary>
    public int Pid => process.Id;

    /// <summary>Starts one on a free port.</summary>
    /// <param name="program">The program, its path first.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It did not start.</exception>
    public static async Task<ServerChild> StartAsync(IReadOnlyList<string> program, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(program[0], [.. program.Skip(1), "serve", "--port", "0"]) { RedirectStandardOutput = true };
        // What is set for this process's sockets, and in its environment for the server, is not what a server is measured with.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("RAWREALTIME_", StringComparison.Ordinal) || name.StartsWith("DOTNET_SYSTEM_NET_SOCKETS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new IOException($"{program[0]} did not start: {failure.Message}", failure);
        }
        try
        {
            return new(process, await AddressAsync(process.StandardOutput, cancellation).ConfigureAwait(false));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End(process);

    /// <summary>Reads where a server says that it is.</summary>
    /// <param name="output">What it prints.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">It does not say so.</exception>
    internal static async Task<Uri> AddressAsync(TextReader output, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            while (await output.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
                if (AddressIn().Match(line) is { Success: true } found) return new(found.Value);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException("the server that was started does not say where it is.", late);
        }
        throw new IOException("the server that was started ended at once.");
    }

    static void End(Process process)
    {
        process.Kill(); // nothing of it is to be kept, and a drain would wait for our own connections
        process.Dispose();
    }

    [GeneratedRegex(@"http://[\w.:\[\]]+:\d+")]
    private static partial Regex AddressIn();
}
