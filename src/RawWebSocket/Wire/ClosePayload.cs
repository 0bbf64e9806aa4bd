using System.Buffers.Binary;
using System.Text;

namespace RawWebSocket.Wire;

/// <summary>A close frame's payload: nothing, or two bytes of code and up to 123 of reason. RFC 6455 §5.5.1.</summary>
public static class ClosePayload
{
    /// <summary>The longest reason, in bytes of UTF-8: what a control frame leaves after the code.</summary>
    public const int MaxReasonBytes = FrameRules.MaxControlBytes - 2;

    /// <summary>Reads a payload. The reason, when there is one, begins at byte 2.</summary>
    /// <param name="payload">The whole unmasked payload.</param>
    /// <param name="code">The code; <see cref="CloseCode.NoStatus"/> when the payload is empty (RFC 6455 §7.1.5).</param>
    /// <returns>None, or the rule the payload breaks.</returns>
    public static WsFault Read(ReadOnlySpan<byte> payload, out CloseCode code)
    {
        code = CloseCode.NoStatus;
        if (payload.IsEmpty) return WsFault.None;
        if (payload.Length == 1) return WsFault.CloseCodeCutShort;
        code = (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (!code.MayTravel()) return WsFault.CloseCodeNotAllowed;

        var reason = new Utf8Stream();
        return reason.Append(payload[2..]) && reason.IsComplete ? WsFault.None : WsFault.CloseReasonNotUtf8;
    }

    /// <summary>Writes a payload.</summary>
    /// <param name="output">Where to: <see cref="FrameRules.MaxControlBytes"/> bytes are always enough.</param>
    /// <param name="code">The code; <see cref="CloseCode.NoStatus"/> writes an empty payload.</param>
    /// <param name="reason">For people who read logs; at most <see cref="MaxReasonBytes"/> bytes of UTF-8.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code may not stand in a close frame.</exception>
    /// <exception cref="ArgumentException">The reason is too long, or there is one without a code.</exception>
    public static int Write(Span<byte> output, CloseCode code, ReadOnlySpan<char> reason)
    {
        if (code == CloseCode.NoStatus && reason.IsEmpty) return 0;
        if (!code.MayTravel()) throw new ArgumentOutOfRangeException(nameof(code), code, "May not stand in a close frame (RFC 6455 §7.4).");
        if (Encoding.UTF8.GetByteCount(reason) > MaxReasonBytes)
            throw new ArgumentException($"A close reason takes at most {MaxReasonBytes} bytes (RFC 6455 §5.5).", nameof(reason));
        BinaryPrimitives.WriteUInt16BigEndian(output, (ushort)code);
        return 2 + Encoding.UTF8.GetBytes(reason, output[2..]);
    }
}
