using System.Text;

namespace RawHttp.Tests;

/// <summary>Test text ↔ bytes, one character per byte, so that a table can name any byte.</summary>
static class Bytes
{
    public static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
