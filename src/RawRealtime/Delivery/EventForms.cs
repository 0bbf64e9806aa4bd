using RawHttp.Wire;
using RawHub;
using RawNet;

namespace RawRealtime.Delivery;

/// <summary>The events of one kind, plain and as pieces of a gzip stream: each is made once per message, by the first stream that needs it.</summary>
/// <param name="plain">The events as they are.</param>
/// <param name="firstSlot">The first of <see cref="Slots"/> slots.</param>
internal sealed class EventForms(MessageFormat plain, int firstSlot)
{
    /// <summary>How many slots the compressed forms of one kind take.</summary>
    public const int Slots = 2;

    readonly MessageFormat gzip = new GzipEventFormat(firstSlot, plain), sum = new EventSumFormat(firstSlot + 1, plain);

    /// <summary>The message's event as a chunk of a stream without compression. Borrowed: it lives as long as the message.</summary>
    public SharedBytes Plain(PublishedMessage message) => message.Encoded(plain);

    /// <summary>The message's event as a chunk of any gzip stream, and its sum. Borrowed: it lives as long as the message.</summary>
    public SharedBytes Gzip(PublishedMessage message, out GzipSum sumOf)
    {
        sumOf = GzipSum.Read(message.Encoded(sum).Span);
        return message.Encoded(gzip);
    }
}
