using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using RawNet;
using RawRealtime.Server;
using RawRealtime.Storage;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime serve</c>: runs the server until SIGINT or SIGTERM, then drains it.</summary>
internal static class ServeCommand
{
    /// <summary>Serves until told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ServerOptions options, TextWriter output, TextWriter errors)
    {
        SocketThreads.Set(options.HasInlineCompletions); // before the first socket
        using ILoggerFactory logs = LoggerFactory.Create(log => log
            .SetMinimumLevel(options.Verbose ? LogLevel.Debug : LogLevel.Information)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .AddConsole(console =>
            {
                console.LogToStandardErrorThreshold = LogLevel.Trace;
                console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite; // who does not read our errors holds up no socket; what was dropped is counted in the log
            }));
        if (Start(options, logs, errors) is not { } server) return CommandLine.ToldWrongly;
        await using (server.ConfigureAwait(false))
        {
            using CalmCollector collector = new();
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
        catch (ListenException failure)
        {
            errors.WriteLine($"rawrealtime: {ListenFailure.Explain(failure)}");
        }
        catch (Exception failure) when (failure is CertificateException or StoreException)
        {
            errors.WriteLine($"rawrealtime: {failure.Message}");
        }
        return null;
    }

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
