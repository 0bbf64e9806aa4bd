using System.Security.Cryptography;
using System.Text;

namespace Conformance.Catalogue;

/// <summary>What comes back, as a line that can be compared and read.</summary>
static class Back
{
    public static string Text(string text) => Message(1, Frames.Utf8(text));

    public static string TextBytes(byte[] text) => Message(1, text);

    public static string Binary(byte[] bytes) => Message(2, bytes);

    public static string Pong(string text = "") => Message(10, Frames.Utf8(text));

    /// <summary>A close frame; its reason is for people and not compared.</summary>
    public static string Close(int code) => $"close {code}";

    /// <summary>A close frame without a code.</summary>
    public const string CloseWithoutCode = "close";

    public static string Message(int opcode, ReadOnlySpan<byte> payload) => $"{NameOf(opcode)} of {payload.Length}: {Shown(payload)}";

    static string NameOf(int opcode) => opcode switch { 1 => "text", 2 => "binary", 9 => "ping", 10 => "pong", _ => $"opcode {opcode}" };

    static string Shown(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 64) return $"SHA-256 {Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 8))}";
        return bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Convert.ToHexString(bytes) : Encoding.ASCII.GetString(bytes);
    }
}
