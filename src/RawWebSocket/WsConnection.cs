using System.Diagnostics.CodeAnalysis;
using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>
/// A WebSocket after its opening handshake, in either role: one receive loop, answers to pings, the closing handshake with
/// a time limit, keep-alive. RFC 6455 §5 to §7. Any thread may send, <see cref="Close"/> or <see cref="Abort"/>.
/// </summary>
/// <remarks>This file and WsConnection.Waiting.cs are what others may do with it; what its own loop does is in WsConnection.Loop.cs.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync gives everything back as its last act.")]
public sealed partial class WsConnection : IDeadlineOwner
{
    readonly Connection connection;
    readonly WsRole us;
    readonly IWsHandler handler;
    readonly WsOptions options;
    readonly WsReader reader;
    readonly WsSender sender;
    readonly WsPatience patience;
    volatile bool isHandling;
    bool isCorked;
    int ending;

    /// <summary>Makes a connection; <see cref="RunAsync"/> brings it to life.</summary>
    /// <param name="connection">The transport, with bytes that came behind the handshake in its inbox. It is taken over.</param>
    /// <param name="us">Which end we are.</param>
    /// <param name="handler">Who gets the messages.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="subprotocol">The subprotocol that was agreed on; null for none.</param>
    /// <param name="compression">The compression that was agreed on; null for none.</param>
    public WsConnection(
        Connection connection, WsRole us, IWsHandler handler, WsOptions options, string? subprotocol = null, DeflateParameters? compression = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(options);
        (this.connection, this.us, this.handler, this.options, Subprotocol, Compression) = (connection, us, handler, options, subprotocol, compression);
        DeflateOptions deflating = options.Compression ?? DeflateOptions.Default;
        reader = new(us, options.Limits, compression?.InflaterOf(us), inPieces: handler is IWsPieceHandler);
        WsWriter writer = us == WsRole.Server ? WsWriter.ForServer : WsWriter.ForClient(new RandomMaskKeys());
        sender = new(connection.Outbox, writer, compression?.DeflaterOf(us, deflating.Level), deflating.MinBytes);
        patience = new(connection.Deadline, options);
    }

    /// <summary>The subprotocol that was agreed on; null for none. RFC 6455 §1.9.</summary>
    public string? Subprotocol { get; }

    /// <summary>The compression that was agreed on; null for none. RFC 7692 §7.1.</summary>
    public DeflateParameters? Compression { get; }

    /// <summary>Who is at the other end.</summary>
    public System.Net.EndPoint? RemoteEndPoint => connection.RemoteEndPoint;

    /// <summary>True until a close frame passed in either direction, the stream ended or the peer was given up: messages can be sent.</summary>
    public bool IsOpen => sender.State == CloseState.Open && !connection.Outbox.HasEnded;

    /// <summary>Why the connection is gone, or is about to be; None while it lives.</summary>
    public WsEnding Ending => (WsEnding)Volatile.Read(ref ending);

    /// <summary>The code of the peer's close frame. RFC 6455 §7.1.5: NoStatus when it had none, Abnormal when none came.</summary>
    public CloseCode CloseCode { get; private set; } = CloseCode.Abnormal;

    /// <summary>The reason in the peer's close frame; empty when there was none. RFC 6455 §7.1.6.</summary>
    public string CloseReason { get; private set; } = "";

    /// <summary>The rule the peer broke; None unless the ending is <see cref="WsEnding.Refused"/>.</summary>
    public WsFault Fault { get; private set; }

    /// <summary>What the handler threw; null when it threw nothing. It is the reason of the ending <see cref="WsEnding.HandlerFailed"/>.</summary>
    public Exception? HandlerFailure { get; private set; }

    /// <summary>Bytes that wait to be sent.</summary>
    public int QueuedBytes => connection.Outbox.QueuedBytes;

    /// <summary>Sends a text message.</summary>
    /// <param name="utf8">Valid UTF-8; not checked here. It is copied.</param>
    /// <returns>False, and nothing is sent, when the send queue has no room for it or the connection is not open.</returns>
    public bool TrySendText(ReadOnlySpan<byte> utf8) => Flushed(sender.TryQueue(Opcode.Text, utf8));

    /// <summary>Sends a binary message.</summary>
    /// <param name="bytes">The message. It is copied.</param>
    /// <returns>As <see cref="TrySendText"/>.</returns>
    public bool TrySendBinary(ReadOnlySpan<byte> bytes) => Flushed(sender.TryQueue(Opcode.Binary, bytes));

    /// <summary>Sends frames that were written once for many connections. A server's frames are the same for all of them.</summary>
    /// <param name="frames">One or more whole messages as unmasked frames, see <see cref="WsWriter.ForServer"/>. The queue adds itself as a holder.</param>
    /// <returns>As <see cref="TrySendText"/>.</returns>
    /// <exception cref="InvalidOperationException">We are the client, whose frames each need a mask (RFC 6455 §5.3).</exception>
    public bool TrySendFramed(SharedBytes frames) => Flushed(TryQueueFramed(frames));

    /// <summary>As <see cref="TrySendFramed"/>, but waits for <see cref="Flush"/>: for a batch of messages that leave together.</summary>
    /// <param name="frames">As there.</param>
    /// <returns>As <see cref="TrySendText"/>.</returns>
    /// <exception cref="InvalidOperationException">We are the client.</exception>
    public bool TryQueueFramed(SharedBytes frames)
    {
        if (us == WsRole.Client) throw new InvalidOperationException("A client masks each frame with a key of its own (RFC 6455 §5.3).");
        return sender.TryQueue(frames);
    }

    /// <summary>Sends what was queued.</summary>
    public void Flush() => connection.Outbox.Flush();

    /// <summary>Sends a ping. RFC 6455 §5.5.2. Its pong is taken as a sign of life and not told; <see cref="PingAsync"/> tells.</summary>
    /// <param name="payload">At most 125 bytes.</param>
    /// <returns>As <see cref="TrySendText"/>.</returns>
    /// <exception cref="ArgumentException">More than 125 bytes (RFC 6455 §5.5).</exception>
    public bool TryPing(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > FrameRules.MaxControlBytes) throw new ArgumentException("A ping carries at most 125 bytes (RFC 6455 §5.5).", nameof(payload));
        return Flushed(sender.TryQueue(Opcode.Ping, payload));
    }

    /// <summary>Calls <paramref name="once"/> when there is room again or nothing can be sent any more, on the thread that made room.</summary>
    /// <param name="once">Called at most once; replaces one given before.</param>
    /// <returns>False, and it will not be called, when there is room now or the queue has ended: try again instead.</returns>
    public bool NotifyWhenRoom(Action once) => connection.Outbox.NotifyWhenRoom(once);

    /// <summary>
    /// Begins the closing handshake: a close frame goes out behind what is queued, and nothing after it. RFC 6455 §7.1.2.
    /// Messages that still come are dropped. Does nothing once a close frame was sent.
    /// </summary>
    /// <param name="code">Why; NoStatus sends no code.</param>
    /// <param name="reason">For people who read logs; at most 123 bytes of UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code may not stand in a close frame (RFC 6455 §7.4).</exception>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    public void Close(CloseCode code, string reason = "")
    {
        if (!sender.TryQueueClose(code, reason, out bool hasRoom)) return;
        patience.BeginClosing(connection.Heartbeat.NowMilliseconds);
        if (hasRoom) connection.Outbox.Flush();
        else if (!connection.Outbox.HasEnded) GiveUp(WsEnding.TooSlow);
    }

    /// <summary>Ends the connection at once, without a close frame.</summary>
    public void Abort() => GiveUp(WsEnding.Aborted);

    /// <summary>Pings a silent peer, gives up a dead one.</summary>
    void IDeadlineOwner.OnDue(long nowMilliseconds)
    {
        switch (patience.OnDue(nowMilliseconds, isReading: !isHandling))
        {
            case DueStep.Ping:
                sender.ForgetContext(); // an idle connection holds no memory that it can do without
                TryPing([]);
                break;
            case DueStep.GiveUpSilent: GiveUp(WsEnding.KeepAliveTimedOut); break;
            case DueStep.GiveUpClosing: GiveUp(WsEnding.CloseTimedOut); break;
        }
    }

    void GiveUp(WsEnding reason)
    {
        EndWith(reason);
        connection.Abort();
    }

    /// <summary>Notes why it ends, unless a reason is noted already.</summary>
    void EndWith(WsEnding reason) => Interlocked.CompareExchange(ref ending, (int)reason, (int)WsEnding.None);

    bool Flushed(bool queued)
    {
        if (queued) connection.Outbox.Flush();
        return queued;
    }
}
