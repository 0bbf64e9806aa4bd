using System.Globalization;
using System.Text;
using RawRealtime.Delivery;
using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>
/// The client under test of Autobahn's fuzzing server: it asks how many cases there are, opens a connection for each and echoes
/// what comes, and lets the server write its report.
/// </summary>
/// <param name="options">What was asked for.</param>
/// <param name="progress">Who is told how far it is.</param>
/// <param name="time">For the time that a case may take.</param>
internal sealed class TesteeClient(TesteeClientOptions options, ITesteeProgress progress, TimeProvider time)
{
    // The suites send up to 16 MiB. A ping of ours inside a case would be none of the bytes that the case expects.
    static readonly WsClientOptions Opening = new()
    {
        Connection = new()
        {
            Limits = new() { MaxMessageBytes = ConnectOptions.MaxMessageBytes },
            KeepAliveSeconds = 24 * 3600,
            Compression = new() { MinBytes = 0, ServerContextTakeover = true, ClientContextTakeover = true },
        },
    };

    readonly EchoSocket echo = new(static (_, _) => { });
    int ran, asked;

    /// <summary>Runs the cases.</summary>
    /// <returns>The exit code: 0 only when every case that was asked for ran.</returns>
    public async Task<int> RunAsync(Interruption interruption)
    {
        ClientEnd end;
        try
        {
            end = await RunCasesAsync(interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } exitCode)
        {
            end = new(exitCode, "interrupted", "Interrupted; the suite has written no report.");
        }
        catch (Exception failure) when (OpeningFailure.IsOne(failure))
        {
            end = OpeningFailure.Explain(failure, options.Server);
        }
        progress.Ended(end, ran, asked);
        return end.ExitCode;
    }

    async Task<ClientEnd> RunCasesAsync(CancellationToken interrupted)
    {
        FirstText count = new();
        await OpenAsync("/getCaseCount", count, interrupted).ConfigureAwait(false);
        if (!int.TryParse(count.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int there))
            return new(ClientExit.Refused, "no-case-count", $"{options.Server} did not say how many cases it has. Is it Autobahn's fuzzing server (wstest -m fuzzingserver)?");
        int last = Math.Min(there, options.Cases.Last);
        if (options.Cases.First > there || options.Cases.Last is var wanted && wanted != int.MaxValue && wanted > there)
            return new(ClientExit.ToldWrongly, "no-such-case", $"there are {there} cases; --case {options.Cases} names others.");

        asked = last - options.Cases.First + 1;
        string agent = Uri.EscapeDataString(options.Agent);
        List<int> unfinished = [];
        for (int number = options.Cases.First; number <= last; number++)
        {
            progress.Began(number, last);
            (WsConnection connection, WsEnding ending) = await OpenAsync($"/runCase?case={number}&agent={agent}", echo, interrupted).ConfigureAwait(false);
            progress.Ran(number, last, connection, ending);
            if (ending == WsEnding.Aborted) unfinished.Add(number);
            else ran++;
        }
        await OpenAsync($"/updateReports?agent={agent}", echo, interrupted).ConfigureAwait(false);
        return unfinished.Count == 0
            ? new(ClientExit.Normal, "done", "All cases ran.")
            : new(ClientExit.Failed, "unfinished", $"not over after {options.CaseTime.TotalSeconds:0} s each: {string.Join(", ", unfinished)}.");
    }

    /// <summary>Opens a connection and lives it to its end, or gives it up when it takes too long.</summary>
    async Task<(WsConnection Connection, WsEnding Ending)> OpenAsync(string target, IWsHandler handler, CancellationToken interrupted)
    {
        using CancellationTokenSource late = new(options.CaseTime, time);
        WsClient client = await WsClient.ConnectAsync(new(options.Server, target), handler, Opening, interrupted).ConfigureAwait(false);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(interrupted, late.Token);
        using CancellationTokenRegistration abort = enough.Token.UnsafeRegister(static c => ((WsConnection)c!).Abort(), client.Connection);
        WsEnding ending = await client.Completion.ConfigureAwait(false);
        interrupted.ThrowIfCancellationRequested();
        return (client.Connection, ending);
    }

    /// <summary>Keeps the first text that comes.</summary>
    sealed class FirstText : IWsHandler
    {
        public string? Text { get; private set; }

        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
        {
            Text ??= Encoding.UTF8.GetString(message.Payload.Span);
            return default;
        }
    }
}
