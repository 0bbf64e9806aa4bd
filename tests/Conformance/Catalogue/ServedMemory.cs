using System.Globalization;

namespace Conformance.Catalogue;

/// <summary><c>rawrealtime serve</c> with its default limits as a process of its own, and how much memory it has in use. Linux tells that in /proc.</summary>
sealed class ServedMemory : IAsyncDisposable
{
    ServedMemory(Exe exe) => Exe = exe;

    public Exe Exe { get; }

    public int Port => new Uri(Exe.Http).Port;

    /// <summary>Starts it.</summary>
    public static async Task<ServedMemory> StartAsync()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "resident memory of another process is read in /proc, which only Linux has");
        return new(await Exe.StartWithAsync(["--port", "0"]));
    }

    /// <summary>Resident bytes now.</summary>
    public long Resident() => Read("VmRSS:");

    /// <summary>The most resident bytes since the process began, or since <see cref="ForgetPeak"/>.</summary>
    public long Peak() => Read("VmHWM:");

    /// <summary>proc(5), clear_refs: 5 sets the peak to what is resident now.</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{Exe.Process.Id}/clear_refs", "5");

    public ValueTask DisposeAsync() => Exe.DisposeAsync();

    long Read(string name)
    {
        string line = File.ReadLines($"/proc/{Exe.Process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
