using System.Buffers;
using System.Globalization;
using System.Text;

namespace RawRealtime.Client;

/// <summary>Bytes as people read them: sixteen a line, with their place in front and what is readable behind.</summary>
internal static class HexDump
{
    /// <summary>Bytes on a line.</summary>
    public const int LineBytes = 16;

    /// <summary>Writes whole lines.</summary>
    /// <param name="into">Where they go.</param>
    /// <param name="bytes">Part of the message.</param>
    /// <param name="offset">Where in the message that part begins.</param>
    public static void Write(IBufferWriter<byte> into, ReadOnlySpan<byte> bytes, int offset = 0)
    {
        ArgumentNullException.ThrowIfNull(into);
        StringBuilder line = new();
        for (int at = 0; at < bytes.Length; at += LineBytes)
        {
            ReadOnlySpan<byte> row = bytes[at..Math.Min(bytes.Length, at + LineBytes)];
            line.Clear().Append(CultureInfo.InvariantCulture, $"{offset + at:x8} ");
            for (int i = 0; i < LineBytes; i++) Append(line, row, i);
            line.Append("  |");
            foreach (byte one in row) line.Append(one is >= 0x20 and < 0x7F ? (char)one : '.');
            into.Write(Encoding.ASCII.GetBytes(line.Append("|\n").ToString()));
        }
    }

    static void Append(StringBuilder line, ReadOnlySpan<byte> row, int i)
    {
        if (i == LineBytes / 2) line.Append(' ');
        if (i < row.Length) line.Append(CultureInfo.InvariantCulture, $" {row[i]:x2}");
        else line.Append("   ");
    }
}
