namespace RawWebSocket.Wire;

/// <summary>
/// Writes frames into memory of the caller. RFC 6455 §6.1. A server's frames depend on their content only, so one
/// encoding can be sent to many; a client's each take a key of their own. Not thread-safe.
/// </summary>
public sealed class WsWriter
{
    readonly IMaskKeys? keys;

    WsWriter(IMaskKeys? keys) => this.keys = keys;

    /// <summary>Writes unmasked frames. Without state, so one serves all connections.</summary>
    public static WsWriter ForServer { get; } = new(null);

    /// <summary>Writes masked frames for one connection.</summary>
    /// <param name="keys">Where the keys come from: <see cref="RandomMaskKeys"/> outside of tests.</param>
    public static WsWriter ForClient(IMaskKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new(keys);
    }

    /// <summary>How many bytes a frame takes.</summary>
    /// <param name="payloadLength">The length of its payload in bytes.</param>
    public int SizeOf(int payloadLength) => FrameHeader.SizeFor(payloadLength, keys is not null) + payloadLength;

    /// <summary>Writes one frame. Judges nothing: order and size of control frames are the caller's to keep.</summary>
    /// <param name="output">Where to: at least <see cref="SizeOf"/> bytes. May hold the payload at its place behind the header already.</param>
    /// <param name="opcode">What the frame carries.</param>
    /// <param name="payload">What it carries; not changed.</param>
    /// <param name="isFinal">False when more fragments of the message follow.</param>
    /// <param name="isDeflated">True when the payload begins a compressed message, which RSV1 says. RFC 7692 §6.1.</param>
    /// <returns>How many bytes were written.</returns>
    public int Write(Span<byte> output, Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isDeflated = false)
    {
        FrameHeader header = FrameHeader.Of(opcode, isFinal, payload.Length, keys?.NextKey(), isDeflated);
        Span<byte> body = output.Slice(header.Size, payload.Length);
        payload.CopyTo(body);
        if (header.IsMasked) Masking.Apply(body, header.MaskKey, 0);
        return header.Write(output) + payload.Length;
    }

    /// <summary>Writes a close frame.</summary>
    /// <param name="output">Where to: <see cref="MaxControlFrameBytes"/> are always enough.</param>
    /// <param name="code">The code; <see cref="CloseCode.NoStatus"/> for a frame without one.</param>
    /// <param name="reason">For people who read logs; at most <see cref="ClosePayload.MaxReasonBytes"/> bytes of UTF-8.</param>
    /// <returns>How many bytes were written.</returns>
    public int WriteClose(Span<byte> output, CloseCode code, ReadOnlySpan<char> reason)
    {
        Span<byte> payload = stackalloc byte[FrameRules.MaxControlBytes];
        int length = ClosePayload.Write(payload, code, reason);
        return Write(output, Opcode.Close, payload[..length]);
    }

    /// <summary>The largest close, ping or pong frame, in bytes.</summary>
    public const int MaxControlFrameBytes = 2 + 4 + FrameRules.MaxControlBytes;
}
