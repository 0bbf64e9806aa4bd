using RawNet;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawWebSocket;

/// <summary>
/// All that a connection sends goes through here, under one lock with the state of the closing handshake: so a close
/// frame is the last one (RFC 6455 §5.5.1), whoever sends at that moment. Any thread; never flushes under its lock.
/// </summary>
/// <param name="outbox">The one door out.</param>
/// <param name="writer">Writes our role's frames.</param>
/// <param name="deflater">Compresses messages, under the lock too, since each may refer to the one sent before it; null when no compression was agreed.</param>
/// <param name="minDeflated">The smallest message that is compressed, in bytes.</param>
sealed class WsSender(SendQueue outbox, WsWriter writer, MessageDeflater? deflater = null, int minDeflated = 0) : IDisposable
{
    // A frame up to this size is put together on the stack; a larger one in a block that the queue then holds itself.
    const int SmallFrameBytes = 1024, TinyFrameBytes = 192;

    // Changed under the lock, read with each message. The lock is this object, which nobody else sees: one of its own would weigh on each
    // connection that idles.
    volatile CloseState state;

    /// <summary>How far the closing handshake is.</summary>
    public CloseState State => state;

    /// <summary>Queues a message, or a ping or pong, which may use the room kept for what the protocol owes.</summary>
    /// <returns>False, and nothing is queued, when there is no room or a close frame was sent.</returns>
    public bool TryQueue(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        lock (this) return state == CloseState.Open && Queue(opcode, payload);
    }

    /// <summary>Queues frames that are written already, and unmasked.</summary>
    public bool TryQueue(SharedBytes frames)
    {
        lock (this)
        {
            if (state != CloseState.Open || !outbox.TryWrite(frames)) return false;
            deflater?.Forget(); // if they are compressed, the peer's window is no longer what ours would be
            return true;
        }
    }

    /// <summary>Queues our close frame: our wish or the answer to the peer's.</summary>
    /// <param name="code">The code; NoStatus for none.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="hasRoom">False when there is no room even for that; the connection can then only be given up.</param>
    /// <returns>False when one was sent before or the stream ended.</returns>
    public bool TryQueueClose(CloseCode code, ReadOnlySpan<char> reason, out bool hasRoom)
    {
        Span<byte> frame = stackalloc byte[WsWriter.MaxControlFrameBytes];
        lock (this)
        {
            hasRoom = true;
            if (state is not (CloseState.Open or CloseState.TheyAsked)) return false;
            int length = writer.WriteClose(frame, code, reason);
            state = ClosingHandshake.After(state, CloseEvent.SentClose);
            hasRoom = outbox.TryWriteOwed(frame[..length]);
            return true;
        }
    }

    /// <summary>The peer's close frame came, or the stream ended.</summary>
    /// <returns>The state after it.</returns>
    public CloseState On(CloseEvent happened)
    {
        lock (this) return state = ClosingHandshake.After(state, happened);
    }

    /// <summary>Gives back what compression remembers of earlier messages. The next one refers to none of them, which a sender may do at any time.</summary>
    public void ForgetContext()
    {
        lock (this) deflater?.Forget();
    }

    /// <summary>Nothing more is sent: gives back what compression holds.</summary>
    public void Dispose()
    {
        lock (this)
        {
            state = ClosingHandshake.After(state, CloseEvent.StreamEnded);
            deflater?.Dispose();
        }
    }

    bool Queue(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        bool isDeflated = deflater is not null && payload.Length >= minDeflated && opcode is (Opcode.Text or Opcode.Binary);
        return isDeflated ? QueueDeflated(deflater!, opcode, payload) : QueuePlain(opcode, payload);
    }

    bool QueuePlain(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        int size = writer.SizeOf(payload.Length);
        if (size > SmallFrameBytes) return QueueLarge(opcode, payload, size);
        Span<byte> frame = size <= TinyFrameBytes ? stackalloc byte[TinyFrameBytes] : stackalloc byte[SmallFrameBytes]; // it is cleared first
        writer.Write(frame, opcode, payload);
        return opcode is Opcode.Ping or Opcode.Pong ? outbox.TryWriteOwed(frame[..size]) : outbox.TryWrite(frame[..size]);
    }

    bool QueueLarge(Opcode opcode, ReadOnlySpan<byte> payload, int size)
    {
        var frame = SharedBytes.Rent(size);
        try
        {
            writer.Write(frame.Span, opcode, payload);
            return outbox.TryWrite(frame);
        }
        finally
        {
            frame.Release();
        }
    }

    // What the peer never gets compressed is not in its window either (RFC 7692 §7.2.1), so ours must forget it.
    bool QueueDeflated(MessageDeflater deflater, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        SharedBytes? frame = DeflatedFrame.TryWrite(writer, deflater, opcode, payload);
        bool queued = frame is null ? QueuePlain(opcode, payload) : outbox.TryWrite(frame);
        if (frame is null || !queued) deflater.Forget();
        frame?.Release();
        return queued;
    }
}
