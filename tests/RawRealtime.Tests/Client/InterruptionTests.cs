using RawRealtime.Client;

namespace RawRealtime.Tests.Client;

public sealed class InterruptionTests
{
    [Fact]
    public void The_first_signal_counts_and_a_second_is_left_to_the_system()
    {
        using Interruption interruption = new();
        Assert.Null(interruption.ExitCode);
        Assert.True(interruption.TrySignal(ClientExit.Interrupted));
        Assert.False(interruption.TrySignal(ClientExit.Terminated));
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.Equal(130, interruption.ExitCode);
    }

    [Fact]
    public void It_listens_for_the_processs_signals_and_stops_to()
    {
        using var interruption = Interruption.OfProcess();
        Assert.False(interruption.Token.IsCancellationRequested);
    }
}
