using System.Text.Unicode;

namespace RawWebSocket.Wire;

/// <summary>
/// Tells whether bytes that arrive in pieces are UTF-8, and says no at the first byte that cannot be. RFC 6455 §8.1.
/// A mutable struct of three bytes: keep it in a field and do not copy it.
/// </summary>
/// <remarks>The grammar is RFC 3629 §4: no overlong form, no surrogate, nothing above U+10FFFF.</remarks>
public struct Utf8Stream
{
    byte missing;   // tail bytes the unfinished character still needs
    byte low, high; // what the next tail byte may be; always 80..BF except after the first byte of some characters

    /// <summary>True when no character is left unfinished; a text may end here.</summary>
    public readonly bool IsComplete => missing == 0;

    /// <summary>Takes the next piece.</summary>
    /// <param name="piece">Any number of bytes, cut anywhere.</param>
    /// <returns>False when no further byte could make it valid; the stream must not be used after that.</returns>
    public bool Append(ReadOnlySpan<byte> piece)
    {
        int i = 0;
        for (; i < piece.Length && missing > 0; i++)
            if (!Tail(piece[i])) return false;
        piece = piece[i..];

        int whole = piece.Length - UnfinishedAtEnd(piece);
        if (!Utf8.IsValid(piece[..whole])) return false;
        foreach (byte b in piece[whole..])
            if (!(missing > 0 ? Tail(b) : First(b))) return false;
        return true;
    }

    // UTF8-octets = *( UTF8-char )
    // UTF8-char   = UTF8-1 / UTF8-2 / UTF8-3 / UTF8-4
    // UTF8-1      = %x00-7F
    // UTF8-2      = %xC2-DF UTF8-tail
    // UTF8-3      = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) /
    //               %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
    // UTF8-4      = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) /
    //               %xF4 %x80-8F 2( UTF8-tail )
    // UTF8-tail   = %x80-BF
    bool First(byte b)
    {
        (missing, low, high) = b switch
        {
            <= 0x7F => ((byte)0, (byte)0x80, (byte)0xBF),
            >= 0xC2 and <= 0xDF => ((byte)1, (byte)0x80, (byte)0xBF),
            0xE0 => ((byte)2, (byte)0xA0, (byte)0xBF),
            0xED => ((byte)2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => ((byte)2, (byte)0x80, (byte)0xBF),
            0xF0 => ((byte)3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => ((byte)3, (byte)0x80, (byte)0xBF),
            0xF4 => ((byte)3, (byte)0x80, (byte)0x8F),
            _ => (byte.MaxValue, (byte)0, (byte)0),
        };
        return missing != byte.MaxValue;
    }

    bool Tail(byte b)
    {
        if (b < low || b > high) return false;
        (missing, low, high) = ((byte)(missing - 1), 0x80, 0xBF);
        return true;
    }

    /// <summary>How many of the last three bytes may begin a character that the next piece ends.</summary>
    static int UnfinishedAtEnd(ReadOnlySpan<byte> piece)
    {
        for (int back = 1; back <= 3 && back <= piece.Length; back++)
        {
            byte b = piece[^back];
            if (b < 0x80) return 0;
            if (b >= 0xC0) return back;
        }
        return 0;
    }
}
