using System.Text;
using RawHttp.Wire;
using RawHub;
using RawNet;
using RawSse.Wire;

namespace RawRealtime.Delivery;

/// <summary>
/// A message as one event in one chunk (RFC 9112 §7.1), its id the cursor. As in <see cref="MessageFrameFormat"/>, only
/// subscriptions to one channel can share it.
/// </summary>
internal sealed class EventFormat(int slot, bool asJson) : MessageFormat(slot)
{
    /// <inheritdoc/>
    public override SharedBytes Encode(PublishedMessage message)
    {
        Span<byte> cursor = stackalloc byte[MessageId.MaxLength];
        return Encode(message, cursor[..message.Id.Format(cursor)], asJson);
    }

    /// <summary>The chunk for a subscription whose cursor is <paramref name="cursor"/>; its one reference goes to the caller.</summary>
    public static SharedBytes Encode(PublishedMessage message, ReadOnlySpan<byte> cursor, bool asJson)
    {
        Span<byte> name = stackalloc byte[Encoding.UTF8.GetMaxByteCount(EventName.MaxLength)];
        ReadOnlySpan<byte> data = asJson ? message.Encoded(Formats.Json).Span : message.Payload.Span;
        OutgoingEvent outgoing = new(data)
        {
            HasId = true,
            Id = cursor,
            Name = name[..Encoding.UTF8.GetBytes(message.Event, name)],
            IsBase64 = !asJson && !message.IsText,
        };
        return Chunk(outgoing);
    }

    /// <summary>An event in a chunk of its own.</summary>
    public static SharedBytes Chunk(in OutgoingEvent outgoing)
    {
        int length = EventWriter.LengthOf(outgoing);
        SharedBytes chunk = SharedBytes.Rent(ChunkWriter.FramedLength(length));
        int head = ChunkWriter.WriteHead(chunk.Span, length);
        EventWriter.Write(outgoing, chunk.Span[head..]);
        ChunkWriter.End.CopyTo(chunk.Span[(head + length)..]);
        return chunk;
    }

    /// <summary>The event in a chunk.</summary>
    /// <param name="chunk">What <see cref="Chunk"/> made.</param>
    public static ReadOnlySpan<byte> ContentOf(SharedBytes chunk)
    {
        ReadOnlySpan<byte> all = chunk.Span;
        return all[(all.IndexOf((byte)'\n') + 1)..^ChunkWriter.End.Length];
    }
}
