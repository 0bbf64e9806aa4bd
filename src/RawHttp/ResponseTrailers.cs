using System.Text;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>The trailers of one answer: announced with its head (RFC 9110 §6.6.2), given before its end. One thread at a time.</summary>
sealed class ResponseTrailers
{
    /// <summary>Most bytes of all lines together: they have to fit into what a full send queue keeps free for endings.</summary>
    internal const int MaxBytes = 2048;

    readonly List<(byte[] Name, bool IsSent)> announced = [];
    byte[] lines = [];
    int length;

    /// <summary>Announces one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isSent">False when it is to be dropped.</param>
    /// <exception cref="ArgumentException">The name is no token, or of a field that may not be a trailer.</exception>
    internal void Announce(ReadOnlySpan<byte> name, bool isSent)
    {
        if (!HttpGrammar.IsToken(name)) throw new ArgumentException("A field name is a token (RFC 9110 §5.1).", nameof(name));
        if (TrailerRules.IsForbidden(name)) throw new ArgumentException("This field is not allowed as a trailer (RFC 9110 §6.5.1).", nameof(name));
        if (IndexOf(name) < 0) announced.Add((name.ToArray(), isSent));
    }

    /// <summary>The value of the Trailer field; empty when none is to be sent.</summary>
    internal byte[] Names()
    {
        List<byte> names = [];
        foreach ((byte[] name, bool isSent) in announced)
        {
            if (!isSent) continue;
            if (names.Count > 0) names.AddRange(", "u8);
            names.AddRange(name);
        }
        return [.. names];
    }

    /// <summary>Gives an announced one its value; dropped by itself when it is not to be sent.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="value">No controls, no white space around it.</param>
    /// <exception cref="ArgumentException">It was not announced, the value is not what a field may hold, or all together are too long.</exception>
    internal void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int index = IndexOf(name);
        if (index < 0) throw new ArgumentException("The trailer was not announced (RFC 9110 §6.6.2).", nameof(name));
        int lineLength = FieldLineWriter.LengthOf(name, value);
        if (lineLength > MaxBytes - length) throw new ArgumentException($"Trailers have {MaxBytes} bytes together.", nameof(value));
        if (lines.Length == 0) lines = new byte[MaxBytes];
        int written = FieldLineWriter.Write(lines.AsSpan(length), name, value);
        if (announced[index].IsSent) length += written;
    }

    /// <summary>The field lines to send.</summary>
    internal ReadOnlySpan<byte> Lines => lines.AsSpan(0, length);

    int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < announced.Count; i++)
            if (announced[i].Name.Length == name.Length && Ascii.EqualsIgnoreCase(announced[i].Name, name)) return i;
        return -1;
    }
}
