namespace RawRealtime.Server;

/// <summary>
/// Where the work on a socket is done once the system reported it: on the thread that was told, or after a hop to the thread pool.
/// The hop costs more than a short request does (docs/decisions/0050-inline-completions.md); without it nothing may hold that thread up.
/// </summary>
internal static class SocketThreads
{
    /// <summary>The runtime's setting, read when the process makes its first socket. It means nothing on Windows.</summary>
    internal const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Sets it, unless whoever started the process has.</summary>
    /// <param name="inline">Whether work goes on on the thread that was told.</param>
    internal static void Set(bool inline)
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) Environment.SetEnvironmentVariable(Variable, inline ? "1" : "0");
    }
}
