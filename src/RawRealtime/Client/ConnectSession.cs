using System.Text.Unicode;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Client;

/// <summary>One WebSocket from its opening to its end: the input's messages go out, those that come are told.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="input">What is sent.</param>
/// <param name="events">Who is told.</param>
/// <param name="time">For the wait after the input's end.</param>
internal sealed class ConnectSession(ConnectOptions options, InputMessages input, IClientEvents events, TimeProvider time) : IWsHandler
{
    long heardAt;
    ClientEnd? own; // set when we end it ourselves, for a reason of our own

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Interruption interruption)
    {
        WsClient? client = null;
        ClientEnd end;
        try
        {
            client = await WsClient.ConnectAsync(options.Server, this, options.Opening, interruption.Token).ConfigureAwait(false);
            end = await LiveAsync(client, interruption).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } exitCode)
        {
            end = new(exitCode, "interrupted", "Interrupted before the connection was open.");
        }
        catch (Exception failure) when (client is null && OpeningFailure.IsOne(failure))
        {
            end = OpeningFailure.Explain(failure, options.Server);
        }
        events.Ended(end, client?.Connection);
        return end.ExitCode;
    }

    /// <inheritdoc/>
    void IWsHandler.OnOpened(WsConnection connection)
    {
        Volatile.Write(ref heardAt, time.GetTimestamp());
        events.Opened(connection);
    }

    /// <inheritdoc/>
    async ValueTask IWsHandler.OnMessageAsync(WsConnection connection, WsMessage message)
    {
        try
        {
            await events.MessageAsync(message).ConfigureAwait(false);
        }
        catch (IOException)
        {
            connection.Close(CloseCode.Normal); // whoever read the output has left, such as head
        }
        Volatile.Write(ref heardAt, time.GetTimestamp());
    }

    async Task<ClientEnd> LiveAsync(WsClient client, Interruption interruption)
    {
        using CancellationTokenRegistration closing = interruption.Token.UnsafeRegister(static c => ((WsConnection)c!).Close(CloseCode.GoingAway), client.Connection);
        _ = Task.Run(() => SendAllAsync(client), CancellationToken.None); // a read of the input can't be taken back, so it is not waited for
        WsEnding ending = await client.Completion.ConfigureAwait(false);
        return own ?? ClientEnd.Of(client.Connection, ending, interruption.ExitCode);
    }

    async Task SendAllAsync(WsClient client)
    {
        WsConnection connection = client.Connection;
        try
        {
            while (await input.NextAsync().ConfigureAwait(false) is { } message)
            {
                if (!options.IsBinary && !Utf8.IsValid(message.Span))
                    throw new InvalidDataException($"line {input.Count} of the input is not UTF-8. Send bytes with --binary.");
                if (!await connection.SendAsync(new(IsText: !options.IsBinary, message)).ConfigureAwait(false)) return;
            }
            await SilenceAsync(client).ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException)
        {
            own = new(ClientExit.ToldWrongly, "bad-input", unusable.Message);
        }
        connection.Close(CloseCode.Normal);
    }

    /// <summary>Waits until nothing came for as long as was asked for, or the connection is gone.</summary>
    async Task SilenceAsync(WsClient client)
    {
        if (options.Wait is not { } wait) // the server says when
        {
            await client.Completion.ConfigureAwait(false);
            return;
        }
        Volatile.Write(ref heardAt, time.GetTimestamp());
        while (!client.Completion.IsCompleted)
        {
            if (client.Connection.QueuedBytes > 0) Volatile.Write(ref heardAt, time.GetTimestamp()); // the server is still taking what was sent
            TimeSpan left = wait - time.GetElapsedTime(Volatile.Read(ref heardAt));
            if (left <= TimeSpan.Zero) return;
            await Task.WhenAny(Task.Delay(left, time), client.Completion).ConfigureAwait(false);
        }
    }
}
