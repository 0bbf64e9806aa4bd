using RawHub;
using RawNet;
using RawWebSocket;
using RawWebSocket.Deflate;

namespace RawRealtime.Delivery;

/// <summary>
/// The frames of one kind for connections that agreed to different compression: each is made once per message, by the first who needs
/// it, and shared by all others. A form refers to no earlier message, so it suits every connection whose window is large enough.
/// </summary>
internal sealed class FrameForms
{
    /// <summary>How many slots the compressed forms of one kind take.</summary>
    public const int Slots = 4;

    readonly MessageFormat plain;
    readonly DeflateOptions options;
    readonly MessageFormat[] deflated;

    /// <param name="plain">The frames without compression.</param>
    /// <param name="firstSlot">The first of <see cref="Slots"/> slots.</param>
    /// <param name="options">How they are compressed.</param>
    public FrameForms(MessageFormat plain, int firstSlot, DeflateOptions options)
    {
        (this.plain, this.options) = (plain, options);
        deflated = [.. Enumerable.Range(0, Slots).Select(i => new DeflatedFrameFormat(firstSlot + i, plain, options.Level, WindowBits[i]))];
    }

    // Four for eight possible windows: two steps between them cost a few percent of size, and spare half of the work.
    static ReadOnlySpan<byte> WindowBits => [8, 10, 12, 15];

    /// <summary>The message's frame for a connection.</summary>
    /// <param name="message">The message.</param>
    /// <param name="agreed">What the connection agreed to; null for no compression.</param>
    /// <returns>Borrowed: it lives as long as the message.</returns>
    public SharedBytes Encoded(PublishedMessage message, DeflateParameters? agreed) =>
        agreed is { } window && message.Payload.Length >= options.MinBytes
            ? message.Encoded(deflated[FormFor(window.ServerMaxWindowBits, message.Payload.Length)])
            : message.Encoded(plain);

    /// <summary>A frame that is for one connection only, as that connection may have it.</summary>
    /// <param name="own">The frame without compression, whose reference is taken over.</param>
    /// <param name="agreed">What the connection agreed to; null for no compression.</param>
    /// <returns>The frame, whose one reference goes to the caller.</returns>
    public SharedBytes Own(SharedBytes own, DeflateParameters? agreed)
    {
        if (agreed is not { } window || own.Length < options.MinBytes) return own;
        SharedBytes form = ServerFrame.Deflated(own, options.Level, window.ServerMaxWindowBits);
        own.Release();
        return form;
    }

    // The largest form that the window holds, or a smaller one that holds the whole message just as well.
    static int FormFor(int agreedBits, int length)
    {
        int form = Slots - 1;
        while (form > 0 && (WindowBits[form] > agreedBits || length <= 1 << WindowBits[form - 1])) form--;
        return form;
    }
}
