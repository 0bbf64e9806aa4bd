using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using RawNet;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <content>The one receive loop and its steps. Nothing here is called from another thread.</content>
public sealed partial class WsConnection
{
    /// <summary>Lives the connection from its opening to its end. Call it once.</summary>
    /// <returns>Why it ended, when everything is given back and the handler was told.</returns>
    public async ValueTask<WsEnding> RunAsync()
    {
        connection.Deadline.Owner = this;
        patience.Begin(connection.Heartbeat.NowMilliseconds);
        try
        {
            Cork();
            Open();
            WsEvent next = reader.Next(connection.Inbox.UnreadMemory);
            while (true)
            {
                while (next.Kind != WsEventKind.NeedMore)
                {
                    int consumed = next.Consumed;
                    ValueTask handling = On(next);
                    if (!handling.IsCompletedSuccessfully) await Finish(handling).ConfigureAwait(false); // not reading ahead is the back pressure
                    connection.Inbox.Consume(consumed);                                                  // next.Payload ends its life here
                    next = reader.Next(connection.Inbox.UnreadMemory);
                }
                connection.Inbox.Consume(next.Consumed);
                Uncork();                                                                                // all answers to one read leave together
                if (reader.IsOver) break;
                await connection.UntilReadableAsync().ConfigureAwait(false);                             // where it idles: one state machine, and no buffer
                Memory<byte> room = connection.Inbox.IsEmpty ? reader.Room : default;
                bool inPlace = !room.IsEmpty; // the rest of a large message needs no way through the inbox
                int received = await TakeAsync(room).ConfigureAwait(false);
                if (received == 0) break;
                patience.Heard(connection.Heartbeat.NowMilliseconds);
                Cork();
                next = inPlace ? reader.Take(received) : reader.Next(connection.Inbox.UnreadMemory);
            }
            if (!reader.IsOver) EndWith(WsEnding.StreamEnded);
            await EndInOrder().ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            EndWith(connection.Outbox.Failure is TimeoutException ? WsEnding.TooSlow : WsEnding.Broken);
        }
        finally
        {
            GiveBack();
        }
        return Ending;
    }

    ValueTask<int> TakeAsync(Memory<byte> room) => room.IsEmpty ? connection.TakeAsync() : connection.TakeAsync(room);

    void GiveBack()
    {
        sender.Dispose();
        reader.Dispose();
        connection.Dispose();
        EndPings();
        handler.OnClosed(this, Ending);
    }

    ValueTask On(in WsEvent next)
    {
        switch (next.Kind)
        {
            case WsEventKind.Text or WsEventKind.Binary: return OnMessage(next);
            case WsEventKind.Ping: return OnPing(next.Payload);
            case WsEventKind.Pong: OnPong(next.Payload.Span); break;
            case WsEventKind.Close: OnClose(next); break;
            case WsEventKind.Fault: OnFault(next.Fault); break;
        }
        return default;
    }

    ValueTask OnMessage(in WsEvent next)
    {
        if (!IsOpen) return default;
        bool isText = next.Kind == WsEventKind.Text;
        try
        {
            using ThreadWatch.Turn turn = connection.Heartbeat.Watching(handler);
            return reader.InPieces
                ? ((IWsPieceHandler)handler).OnPieceAsync(this, new(isText, next.Payload, IsLast: !next.HasMore))
                : handler.OnMessageAsync(this, new(isText, next.Payload));
        }
        catch (Exception bug)
        {
            OnHandlerFailed(bug);
            return default;
        }
    }

    /// <summary>RFC 6455 §5.5.3: a pong with the ping's payload. While even the room for it is used up, nothing more is read.</summary>
    ValueTask OnPing(ReadOnlyMemory<byte> payload)
    {
        if (sender.TryQueue(Opcode.Pong, payload.Span) || !IsOpen) return default;
        return PongWhenRoom(payload);
    }

    async ValueTask PongWhenRoom(ReadOnlyMemory<byte> payload)
    {
        await Turns.TakeAsync().ConfigureAwait(false);
        while (await connection.Outbox.WaitForRoomAsync().ConfigureAwait(false) && !sender.TryQueue(Opcode.Pong, payload.Span) && IsOpen) { }
        Turns.Give();
    }

    /// <summary>RFC 6455 §5.5.1: a close frame is answered with one, which typically echoes the code.</summary>
    void OnClose(in WsEvent next)
    {
        (CloseCode, CloseReason) = (next.Code, Encoding.UTF8.GetString(next.Payload.Span));
        bool weAskedFirst = sender.On(CloseEvent.GotClose) == CloseState.Agreed;
        EndWith(weAskedFirst ? WsEnding.ClosedByUs : WsEnding.ClosedByPeer);
        Close(next.Code);
    }

    /// <summary>RFC 6455 §7.1.7: the connection is failed with a close frame that names the rule.</summary>
    void OnFault(WsFault fault)
    {
        Fault = fault;
        EndWith(WsEnding.Refused);
        Close(WsFaults.CloseCodeOf(fault), WsFaults.ReasonOf(fault));
    }

    void OnHandlerFailed(Exception bug)
    {
        HandlerFailure = bug;
        EndWith(WsEnding.HandlerFailed);
        Close(CloseCode.InternalError, "internal error"); // RFC 6455 §7.4.1; the details are nobody's business
        reader.Dispose();
    }

    void Open()
    {
        try
        {
            handler.OnOpened(this);
        }
        catch (Exception bug)
        {
            OnHandlerFailed(bug);
        }
    }

    /// <summary>Waits for a handler that did not finish at once; what it and others send meanwhile is not held back.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    async ValueTask Finish(ValueTask handling)
    {
        isHandling = true;
        Uncork();
        try
        {
            await handling.ConfigureAwait(false);
        }
        catch (Exception bug)
        {
            OnHandlerFailed(bug);
        }
        Cork();
        patience.Heard(connection.Heartbeat.NowMilliseconds); // the silence was ours
        isHandling = false;
    }

    /// <summary>Sends what is queued, then ends the stream. RFC 6455 §7.1.1: the server ends it first, so that TIME_WAIT is the server's and the client may come back at once.</summary>
    async ValueTask EndInOrder()
    {
        patience.BeginClosing(connection.Heartbeat.NowMilliseconds);
        await EndSends().ConfigureAwait(false);
        bool theyEndFirst = us == WsRole.Client && sender.State == CloseState.Agreed;
        if (theyEndFirst) await connection.Outbox.WaitForEmptyAsync().ConfigureAwait(false);
        else await connection.EndSendingAsync().ConfigureAwait(false);

        int left = options.LingerBytes; // closing with unread bytes would reset the connection, and our close frame might be lost
        connection.Inbox.Consume(connection.Inbox.Unread.Length);
        while (left > 0 && await connection.ReceiveAsync().ConfigureAwait(false) is int received and > 0)
        {
            left -= received;
            connection.Inbox.Consume(received);
        }
        if (theyEndFirst) await connection.EndSendingAsync().ConfigureAwait(false);
    }

    void Cork()
    {
        if (!isCorked) connection.Outbox.Cork();
        isCorked = true;
    }

    void Uncork()
    {
        if (!isCorked) return;
        isCorked = false;
        connection.Outbox.Uncork();
    }
}
