using RawHub;
using RawNet;
using RawWebSocket.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// <c>{"type":"message","cursor",…the message's JSON}</c> as one server frame. The cursor of a subscription to one channel is
/// the message's id, the same for all; with several channels each subscription has its own, and its frame is made for it alone.
/// </summary>
internal sealed class MessageFrameFormat(int slot) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message)
    {
        Span<byte> cursor = stackalloc byte[MessageId.MaxLength];
        return Encode(message, cursor[..message.Id.Format(cursor)]);
    }

    /// <summary>The plain frame for a subscription whose cursor is <paramref name="cursor"/>; its one reference goes to the caller.</summary>
    public static SharedBytes Encode(PublishedMessage message, ReadOnlySpan<byte> cursor)
    {
        ReadOnlySpan<byte> before = "{\"type\":\"message\",\"cursor\":\""u8, between = "\","u8;
        ReadOnlySpan<byte> json = message.Encoded(Formats.Json).Span[1..]; // from behind its opening brace
        int length = before.Length + cursor.Length + between.Length + json.Length;
        SharedBytes frame = SharedBytes.Rent(WsWriter.ForServer.SizeOf(length));
        Span<byte> payload = frame.Span[^length..];
        before.CopyTo(payload);
        cursor.CopyTo(payload[before.Length..]);
        between.CopyTo(payload[(before.Length + cursor.Length)..]);
        json.CopyTo(payload[^json.Length..]);
        WsWriter.ForServer.Write(frame.Span, Opcode.Text, payload);
        return frame;
    }
}
