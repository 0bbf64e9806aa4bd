using System.Buffers.Binary;
using RawHttp.Wire;

namespace RawWebSocket.Wire;

/// <summary>
/// The 2 to 14 bytes in front of a frame's payload. RFC 6455 §5.2. Judges nothing: see <see cref="FrameRules"/>.
/// <code>
///  byte 0                  byte 1             then
/// +---+------+----------+ +----+-----------+ +---------------------+-----------------+
/// |FIN| RSV  |  opcode  | |MASK| length    | | 126: 2, 127: 8 bytes| masked: 4 bytes |
/// | 1 | 3 bit|  4 bit   | | 1  |  7 bit    | | of real length      | of key          |
/// +---+------+----------+ +----+-----------+ +---------------------+-----------------+
/// </code>
/// </summary>
/// <param name="FirstByte">FIN, the three reserved bits and the opcode.</param>
/// <param name="IsMasked">The MASK bit.</param>
/// <param name="LengthCode">The 7 bits of the second byte: a length up to 125, or 126 or 127 for the longer forms.</param>
/// <param name="PayloadLength">The length of the payload in bytes, whichever form it was written in.</param>
/// <param name="MaskKey">The four key bytes, the first one lowest; 0 when not masked.</param>
public readonly record struct FrameHeader(byte FirstByte, bool IsMasked, byte LengthCode, ulong PayloadLength, uint MaskKey)
{
    /// <summary>The largest header: 2 bytes, 8 of length, 4 of key.</summary>
    public const int MaxBytes = 2 + 8 + 4;

    const byte FinalBit = 0x80, Rsv1Bit = 0x40, MaskBit = 0x80;
    const byte TwoByteLength = 126, EightByteLength = 127;

    /// <summary>True on the last or only fragment of a message.</summary>
    public bool IsFinal => (FirstByte & FinalBit) != 0;

    /// <summary>The first reserved bit: "this message is compressed" where RFC 7692 was agreed.</summary>
    public bool Rsv1 => (FirstByte & Rsv1Bit) != 0;

    /// <summary>The second or the third reserved bit, which no extension we know gives a meaning.</summary>
    public bool Rsv2Or3 => (FirstByte & 0x30) != 0;

    /// <summary>The four opcode bits, which may be none of the named values.</summary>
    public Opcode Opcode => (Opcode)(FirstByte & 0x0F);

    /// <summary>True when the opcode's highest bit is set: close, ping, pong and five reserved ones. RFC 6455 §5.5.</summary>
    public bool IsControl => (FirstByte & 0x08) != 0;

    /// <summary>True when a shorter form could have carried the length.</summary>
    public bool IsLongerThanNeeded => LengthCode != ShortestCode(PayloadLength);

    /// <summary>How many bytes this header takes on the wire.</summary>
    public int Size => 2 + LengthBytes(LengthCode) + (IsMasked ? 4 : 0);

    /// <summary>A header to be written, with its length in the shortest form.</summary>
    /// <param name="opcode">What the frame carries.</param>
    /// <param name="isFinal">True unless more fragments of the message follow.</param>
    /// <param name="payloadLength">The length of the payload in bytes, not negative.</param>
    /// <param name="maskKey">The masking key of a client's frame; null leaves the frame unmasked, as a server's must be.</param>
    /// <param name="rsv1">The first reserved bit: true on the first frame of a compressed message. RFC 7692 §6.1.</param>
    public static FrameHeader Of(Opcode opcode, bool isFinal, long payloadLength, uint? maskKey = null, bool rsv1 = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        byte first = (byte)((isFinal ? FinalBit : 0) | (rsv1 ? Rsv1Bit : 0) | (byte)opcode);
        return new(first, maskKey.HasValue, ShortestCode((ulong)payloadLength), (ulong)payloadLength, maskKey ?? 0);
    }

    /// <summary>Reads one header from the front of the input.</summary>
    /// <param name="input">The bytes that arrived and are not spent.</param>
    /// <param name="header">The header; default unless the result is Done.</param>
    /// <param name="consumed">How many bytes the header took; 0 unless the result is Done.</param>
    /// <returns>Done or NeedMore; never Invalid.</returns>
    public static ReadStatus Read(ReadOnlySpan<byte> input, out FrameHeader header, out int consumed)
    {
        (header, consumed) = (default, 0);
        if (input.Length < 2) return ReadStatus.NeedMore;
        byte code = (byte)(input[1] & ~MaskBit);
        bool masked = (input[1] & MaskBit) != 0;
        int size = 2 + LengthBytes(code) + (masked ? 4 : 0);
        if (input.Length < size) return ReadStatus.NeedMore;
        ulong length = code switch
        {
            TwoByteLength => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            EightByteLength => BinaryPrimitives.ReadUInt64BigEndian(input[2..]),
            _ => code,
        };
        header = new(input[0], masked, code, length, masked ? BinaryPrimitives.ReadUInt32LittleEndian(input[(size - 4)..]) : 0);
        consumed = size;
        return ReadStatus.Done;
    }

    /// <summary>Writes this header as it stands.</summary>
    /// <param name="output">Where to: at least <see cref="Size"/> bytes.</param>
    /// <returns>How many bytes were written, <see cref="Size"/>.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = FirstByte;
        output[1] = (byte)((IsMasked ? MaskBit : 0) | LengthCode);
        if (LengthCode == TwoByteLength) BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)PayloadLength);
        if (LengthCode == EightByteLength) BinaryPrimitives.WriteUInt64BigEndian(output[2..], PayloadLength);
        if (IsMasked) BinaryPrimitives.WriteUInt32LittleEndian(output[(Size - 4)..], MaskKey);
        return Size;
    }

    /// <summary>How many bytes a header takes when its length is written in the shortest form.</summary>
    /// <param name="payloadLength">The length of the payload in bytes.</param>
    /// <param name="isMasked">True for a client's frame.</param>
    public static int SizeFor(int payloadLength, bool isMasked) =>
        2 + LengthBytes(ShortestCode((ulong)payloadLength)) + (isMasked ? 4 : 0);

    static int LengthBytes(byte code) => code switch { TwoByteLength => 2, EightByteLength => 8, _ => 0 };

    static byte ShortestCode(ulong length) => length switch
    {
        < TwoByteLength => (byte)length,
        <= ushort.MaxValue => TwoByteLength,
        _ => EightByteLength,
    };
}
