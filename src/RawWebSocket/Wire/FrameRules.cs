namespace RawWebSocket.Wire;

/// <summary>What RFC 6455 asks of a frame header on its own. Its place among the others: <see cref="FragmentRules"/>.</summary>
public static class FrameRules
{
    /// <summary>The largest payload of a control frame, in bytes. RFC 6455 §5.5.</summary>
    public const int MaxControlBytes = 125;

    /// <summary>Names the first rule the header breaks, in the order of the RFC.</summary>
    /// <param name="header">A header as it was read.</param>
    /// <param name="us">Which end we are; the header came from the other.</param>
    /// <param name="rsv1Agreed">True when an extension was agreed that gives RSV1 a meaning (RFC 7692).</param>
    /// <returns>None when the header may stand.</returns>
    public static WsFault Check(in FrameHeader header, WsRole us, bool rsv1Agreed)
    {
        // RFC 6455 §5.1: a client masks every frame, a server none.
        if (us == WsRole.Server && !header.IsMasked) return WsFault.NotMasked;
        if (us == WsRole.Client && header.IsMasked) return WsFault.Masked;

        // RFC 6455 §5.2: a reserved bit is 0 unless an extension was agreed that defines it.
        // RFC 7692 §6.1: its RSV1 stands on the first frame of a message, never on another fragment or a control frame.
        if (header.Rsv2Or3) return WsFault.ReservedBitSet;
        if (header.Rsv1 && !(rsv1Agreed && header.Opcode is (Opcode.Text or Opcode.Binary))) return WsFault.ReservedBitSet;

        // RFC 6455 §5.2: opcodes 3 to 7 and B to F are reserved.
        if (!IsKnown(header.Opcode)) return WsFault.UnknownOpcode;

        // RFC 6455 §5.2: the most significant bit of an eight-byte length is 0; the shortest form must be used.
        if (header.PayloadLength > long.MaxValue) return WsFault.LengthOver63Bits;
        if (header.IsLongerThanNeeded) return WsFault.LengthNotMinimal;

        // RFC 6455 §5.5: control frames are short and whole.
        if (header.IsControl && !header.IsFinal) return WsFault.FragmentedControl;
        if (header.IsControl && header.PayloadLength > MaxControlBytes) return WsFault.ControlTooLong;
        return WsFault.None;
    }

    static bool IsKnown(Opcode opcode) =>
        opcode is Opcode.Continuation or Opcode.Text or Opcode.Binary or Opcode.Close or Opcode.Ping or Opcode.Pong;
}
