using System.Buffers.Binary;
using System.Text;

namespace Conformance.Catalogue;

/// <summary>Frames as a client writes them, those among them that break a rule. RFC 6455 §5.2. Shares no line with what it tests.</summary>
static class Frames
{
    public const int Fin = 0x80, Rsv1 = 0x40, Rsv2 = 0x20, Rsv3 = 0x10;

    // The RFC's own example of a key; what it is does not matter, but that it is not zero.
    static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    /// <summary>How a length is written.</summary>
    public enum Form { Shortest, TwoBytes, EightBytes }

    public static byte[] Text(string text, int rsv = 0) => Of(1 | rsv, Utf8(text));

    public static byte[] TextBytes(byte[] bytes) => Of(1, bytes);

    public static byte[] Binary(byte[] bytes, int rsv = 0) => Of(2 | rsv, bytes);

    public static byte[] Ping(string text = "") => Of(9, Utf8(text));

    public static byte[] Pong(string text = "") => Of(10, Utf8(text));

    public static byte[] Close(int code, string reason = "") => Of(8, [(byte)(code >> 8), (byte)code, .. Utf8(reason)]);

    /// <summary>The first fragment of a text.</summary>
    public static byte[] First(string text) => Of(1, Utf8(text), isFinal: false);

    /// <summary>A fragment in the middle.</summary>
    public static byte[] Middle(string text) => Of(0, Utf8(text), isFinal: false);

    /// <summary>The last fragment.</summary>
    public static byte[] Last(string text) => Of(0, Utf8(text));

    /// <summary>A message in fragments of one size, the last perhaps smaller.</summary>
    public static IEnumerable<byte[]> Fragmented(int opcode, byte[] message, int size)
    {
        for (int at = 0; at == 0 || at < message.Length; at += size)
            yield return Of(at == 0 ? opcode : 0, message.AsSpan(at, Math.Min(size, message.Length - at)), isFinal: at + size >= message.Length);
    }

    /// <summary>Any frame at all; reserved bits stand with the opcode.</summary>
    public static byte[] Of(int opcode, ReadOnlySpan<byte> payload, bool isFinal = true, bool isMasked = true, Form form = Form.Shortest)
    {
        byte[] header = Header(opcode, payload.Length, isFinal, isMasked, form);
        byte[] frame = new byte[header.Length + payload.Length];
        header.CopyTo(frame, 0);
        Span<byte> body = frame.AsSpan(header.Length);
        payload.CopyTo(body);
        for (int i = 0; isMasked && i < body.Length; i++) body[i] ^= Key[i & 3];
        return frame;
    }

    /// <summary>A header alone, which may claim what never comes.</summary>
    public static byte[] Header(int opcode, long length, bool isFinal = true, bool isMasked = true, Form form = Form.Shortest)
    {
        if (form == Form.Shortest && length > 125) form = length > ushort.MaxValue ? Form.EightBytes : Form.TwoBytes;
        byte[] header = new byte[2 + (form == Form.Shortest ? 0 : form == Form.TwoBytes ? 2 : 8) + (isMasked ? 4 : 0)];
        header[0] = (byte)((isFinal ? Fin : 0) | opcode);
        header[1] = (byte)((isMasked ? 0x80 : 0) | (form == Form.Shortest ? (int)length : form == Form.TwoBytes ? 126 : 127));
        if (form == Form.TwoBytes) BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        if (form == Form.EightBytes) BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        if (isMasked) Key.CopyTo(header, header.Length - 4);
        return header;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Bytes of which each place has its own, the same for the same length.</summary>
    public static byte[] Pattern(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)(i * 31 + (i >> 8));
        return bytes;
    }

    /// <summary>Letters, which are text too.</summary>
    public static byte[] Letters(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)('a' + (i * 7 + (i >> 6)) % 26);
        return bytes;
    }
}
