using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RawRealtime.Server;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime serve</c>: runs the server until SIGINT or SIGTERM, then drains it.</summary>
internal static class ServeCommand
{
    /// <summary>Serves until told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ServerOptions options, TextWriter output, TextWriter errors)
    {
        using ILoggerFactory logs = LoggerFactory.Create(log => log
            .SetMinimumLevel(options.Verbose ? LogLevel.Debug : LogLevel.Information)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        if (Start(options, logs, errors) is not { } server) return CommandLine.ToldWrongly;
        await using (server.ConfigureAwait(false))
        {
            Task signal = WaitForSignalAsync(); // listened for before the banner: whoever saw that may signal at once
            await Banner.WriteAsync(output, server).ConfigureAwait(false);
            await signal.ConfigureAwait(false);
            await output.WriteLineAsync($"Draining: clients have {options.DrainTime.TotalSeconds:0} s to leave.").ConfigureAwait(false);
            await server.DrainAsync().ConfigureAwait(false);
        }
        return CommandLine.Done;
    }

    static RealtimeServer? Start(ServerOptions options, ILoggerFactory logs, TextWriter errors)
    {
        try
        {
            return RealtimeServer.Start(options, logs, TimeProvider.System);
        }
        catch (SocketException failure)
        {
            errors.WriteLine($"rawrealtime: cannot listen on {options.Address} port {options.Port}: {CureOf(failure, options)}");
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"rawrealtime: cannot use the certificate {options.CertificateFile}: {failure.Message}");
        }
        return null;
    }

    static string CureOf(SocketException failure, ServerOptions options) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "it is in use. Stop the other program, or choose another with --port (0 picks a free one).",
        SocketError.AccessDenied => "not permitted. Ports below 1024 need privileges; choose another with --port.",
        SocketError.AddressNotAvailable => $"{options.Address} is no address of this machine. Choose one with --host.",
        _ => failure.Message,
    };

    static async Task WaitForSignalAsync()
    {
        TaskCompletionSource signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // Cancelled, since the default would end the process before the drain. A second signal is left to the default.
        void OnSignal(PosixSignalContext signal) => signal.Cancel = signalled.TrySetResult();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        await signalled.Task.ConfigureAwait(false);
    }
}
