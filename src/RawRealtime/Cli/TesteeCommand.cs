using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime testee --connect</c>: the client under test of Autobahn's fuzzing server.</summary>
internal static class TesteeCommand
{
    /// <summary>Runs the cases until the last, or a signal.</summary>
    /// <returns>The exit code, see <see cref="ClientExit"/>.</returns>
    public static async Task<int> RunAsync(TesteeClientOptions options, bool isJson, TextWriter output, TextWriter errors)
    {
        using var interruption = Interruption.OfProcess();
        TesteeProgress progress = new(output, errors, isJson, isShown: !Console.IsOutputRedirected && output == Console.Out);
        return await new TesteeClient(options, progress, TimeProvider.System).RunAsync(interruption).ConfigureAwait(false);
    }
}
