using RawWebSocket.Wire;

namespace RawWebSocket;

/// <content>What waits: sends for which there is no room, and pings for their pong. Any thread, any number at a time.</content>
public sealed partial class WsConnection
{
    SendTurns? turns; // made by the first send that has to wait
    AwaitedPongs? pings;

    /// <summary>
    /// Sends a message, and waits while the send queue has no room for it. Any thread; what is called one after the other leaves
    /// in that order, and a large message is not overtaken for ever by small ones.
    /// </summary>
    /// <param name="message">The message; text must be valid UTF-8, which is not checked here. Its bytes are copied by the time the task completes.</param>
    /// <returns>False, and nothing is sent, when the connection is not open any more.</returns>
    /// <remarks>It waits as long as the peer takes what is sent at all: see <see cref="RawNet.SendQueueOptions.StallMilliseconds"/>.</remarks>
    public ValueTask<bool> SendAsync(in WsMessage message) => SendAsync(message.IsText ? Opcode.Text : Opcode.Binary, message.Payload);

    /// <summary>Sends a text message; otherwise as <see cref="SendAsync(in WsMessage)"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>As there.</returns>
    /// <exception cref="ArgumentException">A surrogate stands alone: it is no text that UTF-8 can hold.</exception>
    public ValueTask<bool> SendTextAsync(string text) => SendAsync(WsMessage.OfText(text));

    /// <summary>Sends a ping, and waits for its pong. RFC 6455 §5.5.2.</summary>
    /// <param name="cancellation">Gives up waiting; the connection goes on.</param>
    /// <returns>The time from the call to the pong. A pong to a later ping of ours counts too, since a peer may answer the last one only (RFC 6455 §5.5.3).</returns>
    /// <remarks>The pong comes behind the messages that the peer sent before it: it is not read while one of them is still handled.</remarks>
    /// <exception cref="WsClosedException">The connection ended before the pong came, or was not open.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TimeSpan> PingAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        AwaitedPongs awaited = LazyInitializer.EnsureInitialized(ref pings, () => new(connection.Heartbeat.Time));
        byte[] payload = new byte[AwaitedPongs.PayloadBytes];
        Task<TimeSpan> pong = awaited.Begin(payload);
        try
        {
            bool isSent = await SendAsync(Opcode.Ping, payload).AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            return isSent ? await pong.WaitAsync(cancellation).ConfigureAwait(false) : throw new WsClosedException(this);
        }
        finally
        {
            awaited.Forget(pong);
        }
    }

    ValueTask<bool> SendAsync(Opcode opcode, ReadOnlyMemory<byte> payload) =>
        IsNobodyWaiting && Flushed(sender.TryQueue(opcode, payload.Span)) ? new(true) : SendWhenRoom(opcode, payload);

    async ValueTask<bool> SendWhenRoom(Opcode opcode, ReadOnlyMemory<byte> payload)
    {
        await Turns.TakeAsync().ConfigureAwait(false);
        try
        {
            while (IsOpen && await connection.Outbox.WaitForRoomAsync().ConfigureAwait(false))
                if (Flushed(sender.TryQueue(opcode, payload.Span))) return true;
            return false;
        }
        finally
        {
            Turns.Give();
        }
    }

    bool IsNobodyWaiting => Volatile.Read(ref turns) is null or { IsNobodyWaiting: true };

    SendTurns Turns => LazyInitializer.EnsureInitialized(ref turns, static () => new());

    void OnPong(ReadOnlySpan<byte> payload) => Volatile.Read(ref pings)?.OnPong(payload);

    /// <summary>The application that asks for the messages threw: as when a handler throws, but from any thread.</summary>
    internal void Fail(Exception bug)
    {
        if (bug is WsClosedException) return; // it was told how the connection ended
        HandlerFailure ??= bug;
        EndWith(WsEnding.HandlerFailed);
        Close(CloseCode.InternalError, "internal error"); // RFC 6455 §7.4.1
    }

    /// <summary>Nobody waits for ever: the connection is gone.</summary>
    void EndPings() => Volatile.Read(ref pings)?.End(new WsClosedException(this));

    /// <summary>Nothing can be sent from now on; whoever waits for room was told so.</summary>
    async ValueTask EndSends()
    {
        connection.Outbox.EndWriting(); // from here on nobody begins to wait at the queue
        await Turns.TakeAsync().ConfigureAwait(false);
        Turns.Give();
    }
}
