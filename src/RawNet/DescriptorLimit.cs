using System.Runtime.InteropServices;

namespace RawNet;

/// <summary>How many descriptors this process may have, and how many connections that leaves room for.</summary>
/// <remarks>A .NET process that runs out of descriptors may be aborted by its runtime, so the server must never get there.</remarks>
public static class DescriptorLimit
{
    /// <summary>Connections assumed to be possible where the system tells no limit (Windows).</summary>
    public const int WithoutLimit = 100_000;

    // RLIMIT_NOFILE: 7 on Linux, 8 on macOS and the BSDs.
    static readonly int NoFile = OperatingSystem.IsLinux() ? 7 : 8;

    /// <summary>The limit in force now; the runtime raises the soft limit to the hard one when it starts. Null where the system tells none.</summary>
    public static long? InForce()
    {
        if (OperatingSystem.IsWindows()) return null;
        return GetLimit(NoFile, out Limits limits) == 0 && limits.Soft <= long.MaxValue ? (long)limits.Soft : null;
    }

    /// <summary>Connections that fit under <paramref name="limit"/>: all but 256 descriptors or a tenth, whichever is more, for files and the runtime itself; at least 16.</summary>
    public static int ConnectionsFor(long? limit)
    {
        if (limit is not { } descriptors) return WithoutLimit;
        long spare = Math.Max(256, descriptors / 10);
        return (int)Math.Clamp(descriptors - spare, 16, int.MaxValue);
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }
}
