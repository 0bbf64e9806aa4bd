using System.Text;
using RawHub;
using RawNet;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// For a filtered subscription on <c>rawrealtime.v1</c>: messages that its client does not want move the cursor. Without it they would be read
/// again when the client comes back, or be told as lost. Deliveries come from any thread, one at a time; the heartbeat tells.
/// </summary>
/// <param name="heartbeat">Tells when it is time.</param>
internal sealed class CursorNews(Heartbeat heartbeat)
{
    /// <summary>How often the cursor is looked at, in milliseconds: as often as on an event stream.</summary>
    public const int EveryMilliseconds = EventStream.KeepAliveMilliseconds;

    // Nothing is flushed under it: a flush may make room, and so deliver, on this thread.
    readonly Lock gate = new();
    readonly ToldCursor told = new();
    Subscription? subscription;

    /// <summary>Whose time it is.</summary>
    public Heartbeat Heartbeat => heartbeat;

    /// <summary>Where the subscription begins was told; it has not started yet.</summary>
    public void Follow(Subscription begun)
    {
        subscription = begun;
        IsTold();
    }

    /// <summary>Something with a newer cursor is about to be queued.</summary>
    public void Begin()
    {
        lock (gate) told.Begin();
    }

    /// <summary>The client was told where its subscription is: what its cursor is, during one of its callbacks.</summary>
    public void IsTold()
    {
        Span<byte> cursor = stackalloc byte[Cursor.MaxLength(subscription!.ChannelCount)];
        cursor = cursor[..subscription.FormatCursor(cursor)];
        lock (gate) told.Tell(cursor);
    }

    /// <summary>Tells the cursor, if the client does not know it and there is room; else it is for the next time.</summary>
    public void Tell(WsConnection socket)
    {
        int count = told.Count;
        string cursor = subscription!.Cursor;
        byte[] text = Encoding.ASCII.GetBytes(cursor);
        lock (gate)
        {
            if (!told.IsNews(text, count) || !TryQueue(socket, CursorMessages.Position(new(cursor, subscription.ChannelCount), null, null).Span)) return;
            told.Tell(text);
        }
        socket.Flush();
    }

    // Too short to be worth compressing.
    static bool TryQueue(WsConnection socket, ReadOnlySpan<byte> text)
    {
        SharedBytes frame = SharedBytes.Rent(WsWriter.ForServer.SizeOf(text.Length));
        WsWriter.ForServer.Write(frame.Span, Opcode.Text, text);
        bool taken = socket.TryQueueFramed(frame);
        frame.Release();
        return taken;
    }
}
