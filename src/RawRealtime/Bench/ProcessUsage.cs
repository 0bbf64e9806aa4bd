using System.Globalization;

namespace RawRealtime.Bench;

/// <summary>What a process has used so far, as Linux tells it.</summary>
/// <param name="UserSeconds">CPU time in user code, of all its threads.</param>
/// <param name="SystemSeconds">CPU time in the kernel, of all its threads.</param>
/// <param name="ResidentBytes">Memory that is resident now (RSS).</param>
internal readonly record struct ProcessUsage(double UserSeconds, double SystemSeconds, long ResidentBytes)
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    const double TicksPerSecond = 100;

    /// <summary>User and system.</summary>
    public double CpuSeconds => UserSeconds + SystemSeconds;

    /// <summary>Both together.</summary>
    public static ProcessUsage operator +(ProcessUsage a, ProcessUsage b) =>
        new(a.UserSeconds + b.UserSeconds, a.SystemSeconds + b.SystemSeconds, a.ResidentBytes + b.ResidentBytes);

    /// <summary>That of several processes together.</summary>
    /// <param name="pids">Which.</param>
    /// <exception cref="IOException">One of them is not there, or this system has no <c>/proc</c>.</exception>
    public static ProcessUsage Of(IReadOnlyList<int> pids)
    {
        ProcessUsage sum = default;
        foreach (int pid in pids)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
            if (!Directory.Exists(folder)) throw new IOException($"there is no process {pid} in /proc.");
            sum += Read(File.ReadAllText($"{folder}/stat"), File.ReadAllText($"{folder}/status"));
        }
        return sum;
    }

    /// <summary>Reads the two texts of one process. proc_pid_stat(5), proc_pid_status(5).</summary>
    /// <param name="stat">That of <c>/proc/PID/stat</c>.</param>
    /// <param name="status">That of <c>/proc/PID/status</c>.</param>
    /// <exception cref="IOException">They are not what they should be.</exception>
    public static ProcessUsage Read(string stat, string status)
    {
        // The second field is the program's name in brackets, and may hold both blanks and brackets.
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int Utime = 14 - 3, Stime = 15 - 3;
        if (fields.Length <= Stime) throw new IOException("/proc/PID/stat has too few fields.");
        return new(Ticks(fields[Utime]) / TicksPerSecond, Ticks(fields[Stime]) / TicksPerSecond, Resident(status));
    }

    static long Ticks(string field) => long.TryParse(field, CultureInfo.InvariantCulture, out long ticks) ? ticks : throw new IOException($"/proc/PID/stat: '{field}' is no number.");

    static long Resident(string status)
    {
        string? line = status.Split('\n').FirstOrDefault(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
        string[] words = line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 1 && long.TryParse(words[1], CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes << 10 : 0;
    }
}
