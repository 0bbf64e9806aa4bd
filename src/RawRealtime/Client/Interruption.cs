using System.Runtime.InteropServices;

namespace RawRealtime.Client;

/// <summary>Somebody wants a client to stop: SIGINT or SIGTERM.</summary>
internal sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly List<PosixSignalRegistration> signals = [];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What the process then ends with; null while there was no signal.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Listens for this process's signals. A second one ends it at once.</summary>
    public static Interruption OfProcess()
    {
        Interruption interruption = new();
        interruption.signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = interruption.TrySignal(ClientExit.Interrupted)));
        interruption.signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = interruption.TrySignal(ClientExit.Terminated)));
        return interruption;
    }

    /// <summary>A signal came.</summary>
    /// <returns>False when it is not the first.</returns>
    public bool TrySignal(int exitCode)
    {
        lock (signals)
        {
            if (ExitCode is not null) return false;
            ExitCode = exitCode;
        }
        source.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in signals) signal.Dispose();
        source.Dispose();
    }
}
