namespace RawHttp.Fuzz;

/// <summary>Changes inputs, the same way for the same seed on every machine.</summary>
/// <param name="seed">Any number.</param>
public sealed class Mutator(ulong seed)
{
    /// <summary>Longest input it makes, in bytes.</summary>
    public const int MaxBytes = 640;

    static readonly byte[][] Words =
    [
        .. new[]
        {
            "\r\n", "\r\n\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", ";", "=", "\"", "\\", "%", "%2e%2e", "%00", "/", "//", "/../", "?", "#", "*", "@", "[::1]", "chunked",
            "0\r\n\r\n", "1\r\nx\r\n", "5;a=b\r\nhello\r\n", "5;a=\"b\\\"\"\r\nhello\r\n", "ffffffffffffffff\r\n", "8000000000000000\r\n", "00", "0x1", "+1", "-1",
            "GET ", "HEAD ", "POST ", "OPTIONS ", "CONNECT ", "TRACE ", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "HTTP/1.1 200 OK\r\n", "http://a", "https://a:443",
            "Host: a\r\n", "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: keep-alive, upgrade\r\n",
            "Expect: 100-continue\r\n", "Upgrade: websocket\r\n", "Trailer: a\r\n", "Range: bytes=0-1,-5\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /e HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "bytes=0-", "W/\"a\"", "gzip;q=0.5", "q=1.000", "Sun, 06 Nov 1994 08:49:37 GMT", "a=b; c=d",
            "permessage-deflate", "; client_max_window_bits", "; server_max_window_bits=8", "; server_no_context_takeover", "=\"10\"", "=010", "=16",
            "\u0081\u0085\0\0\0\0hello", "\u0001\u0083\0\0\0\0hel", "\u0080\u0082\0\0\0\0lo", "\0\u0080\0\0\0\0", "\u0089\u0080\0\0\0\0", "\u0088\u0082\0\0\0\0\u0003\u00e8",
            "\u0082\u00fe\0\u007e\0\0\0\0", "\u0082\u00ff\0\0\0\0\u0040\0\0\0\0\0\0\0", "\u00c1\u0087\0\0\0\0\u00f2\u0048\u00cd\u00c9\u00c9\u0007\0", "\u00c1", "\u0080", "\u00ed\u00a0\u0080", "\u00f4\u008f\u00bf\u00bf",
        }.Select(word => System.Text.Encoding.Latin1.GetBytes(word)),
    ];

    static readonly byte[] Nasty = [.. "\r\n\0 \t:;,=\"\\/?#%@[]*-+_.~()<>{}0189afAFgGxXzZ"u8, 0x01, 0x0B, 0x7F, 0x80, 0xA0, 0xFF];

    ulong state = seed;

    /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
    /// <param name="below">At least 1.</param>
    public int Next(int below)
    {
        state += 0x9E3779B97F4A7C15; // splitmix64
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((uint)(mixed >> 32) % (uint)below);
    }

    /// <summary>Changes an input in one to eight places.</summary>
    /// <param name="input">What to begin with.</param>
    /// <param name="other">Another input to take pieces from.</param>
    /// <param name="into">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>Length of the changed input.</returns>
    public int Mutate(ReadOnlySpan<byte> input, ReadOnlySpan<byte> other, Span<byte> into)
    {
        int length = Math.Min(input.Length, MaxBytes);
        input[..length].CopyTo(into);
        for (int changes = 1 << Next(4); changes > 0; changes--) length = Change(into, length, other);
        return length;
    }

    int Change(Span<byte> bytes, int length, ReadOnlySpan<byte> other)
    {
        int at = Next(length + 1), most = Math.Min(length - at, 1 << Next(7));
        int run = most == 0 ? 0 : 1 + Next(most);
        switch (Next(10))
        {
            case 0 when run > 0: bytes[at] ^= (byte)(1 << Next(8)); return length;
            case 1 when run > 0: bytes[at] = (byte)Next(256); return length;
            case 2 when run > 0: bytes[at] = Nasty[Next(Nasty.Length)]; return length;
            case 3: return Put(bytes, length, at, 0, [Nasty[Next(Nasty.Length)]]);
            case 4: return Put(bytes, length, at, run, default);                                   // take a run out
            case 5: return Put(bytes, length, at, 0, Copy(bytes.Slice(at, run)));                  // double a run
            case 6: return Put(bytes, length, at, 0, Words[Next(Words.Length)]);
            case 7: return Put(bytes, length, at, run, Words[Next(Words.Length)]);
            case 8: return Put(bytes, length, at, Next(2) * run, Piece(other));
            case 9 when run > 0: return Put(bytes, length, Next(length + 1), 0, Copy(bytes.Slice(at, run))); // a run elsewhere
            default: return length;
        }
    }

    ReadOnlySpan<byte> Piece(ReadOnlySpan<byte> other)
    {
        if (other.IsEmpty) return default;
        int start = Next(other.Length);
        return other.Slice(start, 1 + Next(other.Length - start));
    }

    readonly byte[] copied = new byte[MaxBytes];

    ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> run)
    {
        run.CopyTo(copied);
        return copied.AsSpan(0, run.Length);
    }

    static int Put(Span<byte> bytes, int length, int at, int instead, ReadOnlySpan<byte> piece)
    {
        if (length - instead + piece.Length > MaxBytes) return length;
        bytes[(at + instead)..length].CopyTo(bytes[(at + piece.Length)..]);
        piece.CopyTo(bytes[at..]);
        return length - instead + piece.Length;
    }
}
