using RawHttp.Client;
using RawRealtime.Client;

namespace RawRealtime.Cli;

/// <summary><c>rawrealtime health</c>: whether a server answers. For images without a shell, where the exe itself is the health check.</summary>
internal static class HealthCommand
{
    /// <summary>What stands behind the settings in the help.</summary>
    public const string Notes = """
        Asks GET /healthz once and waits three seconds at most. It has no secret to lose, so it takes any certificate.

        Exit codes:
          0  the server is up
          1  it is not: nobody answers, or it is draining
          2  a setting is of no use
        """;

    const int MaxMilliseconds = 3_000;

    static readonly HttpClientOptions Options = new()
    {
        ConnectMilliseconds = MaxMilliseconds,
        HeadMilliseconds = MaxMilliseconds,
        WholeMilliseconds = MaxMilliseconds,
#pragma warning disable CA5359 // asked from the same machine it is reached by another name than its certificate's
        Tls = new() { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
#pragma warning restore CA5359
    };

    /// <summary>Asks once.</summary>
    /// <returns>The exit code: 0 or 1.</returns>
    public static async Task<int> RunAsync(HealthTarget target, TextWriter output, TextWriter errors)
    {
        string cause;
        try
        {
            using HttpClientConnection connection = await HttpClientConnection.ConnectAsync(target.Origin, Options).ConfigureAwait(false);
            using HttpClientResponse answer = await connection.SendAsync(new() { Target = target.Path }).ConfigureAwait(false);
            if (answer.Status == 200)
            {
                await output.WriteLineAsync("up").ConfigureAwait(false);
                return ClientExit.Normal;
            }
            cause = $"It answered {answer.Status}.";
        }
        catch (HttpClientException failure)
        {
            cause = failure.Message;
        }
        await errors.WriteLineAsync($"rawrealtime: {target.Name} is not up. {cause}").ConfigureAwait(false);
        return ClientExit.Failed;
    }
}
