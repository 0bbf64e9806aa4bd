namespace RawRealtime.Bench;

/// <summary>
/// What a bench sends: <c>|000000000042|</c> and letters up to the size. No format has to escape a character of it, so that it is found again
/// in a frame, an event and a JSON text alike. A message out of order, cut short or changed does not pass.
/// </summary>
internal sealed class NumberedMessage
{
    /// <summary>Bytes of the number with its two bars, the smallest message.</summary>
    public const int HeadBytes = Digits + 2;

    /// <summary>What a message begins with, and what stands in none of its other places than behind the number.</summary>
    public const byte Bar = (byte)'|';

    const int Digits = 12;

    readonly byte[] filler;

    /// <summary>Messages of one size.</summary>
    /// <param name="size">Bytes, at least <see cref="HeadBytes"/>.</param>
    public NumberedMessage(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, HeadBytes);
        Size = size;
        filler = new byte[size - HeadBytes];
        for (int i = 0; i < filler.Length; i++) filler[i] = (byte)('a' + i % 26);
    }

    /// <summary>Bytes of each message.</summary>
    public int Size { get; }

    /// <summary>What stands behind the number.</summary>
    public ReadOnlySpan<byte> Filler => filler;

    /// <summary>Writes a message.</summary>
    /// <param name="into">Room for <see cref="Size"/> bytes.</param>
    /// <param name="number">From 0 to 999,999,999,999.</param>
    public void Write(Span<byte> into, long number)
    {
        WriteHead(into, number);
        filler.CopyTo(into[HeadBytes..]);
    }

    /// <summary>Writes the number alone over that of another message.</summary>
    /// <param name="into">Room for <see cref="HeadBytes"/> bytes.</param>
    /// <param name="number">From 0 to 999,999,999,999.</param>
    public static void WriteHead(Span<byte> into, long number)
    {
        into[0] = into[Digits + 1] = Bar;
        for (int i = Digits; i > 0; i--)
        {
            long rest = number / 10;
            into[i] = (byte)('0' + (number - rest * 10));
            number = rest;
        }
    }

    /// <summary>Reads the number.</summary>
    /// <param name="head">The first <see cref="HeadBytes"/> bytes of a message.</param>
    /// <param name="number">Its number; 0 unless the answer is true.</param>
    public static bool TryReadHead(ReadOnlySpan<byte> head, out long number)
    {
        number = 0;
        if (head[0] != Bar || head[Digits + 1] != Bar) return false;
        foreach (byte digit in head.Slice(1, Digits))
        {
            uint value = (uint)(digit - '0');
            if (value > 9) return false;
            number = number * 10 + value;
        }
        return true;
    }

    /// <summary>Whether a message can begin so.</summary>
    /// <param name="begin">Its first bytes, at most <see cref="HeadBytes"/>.</param>
    public static bool BeginsHead(ReadOnlySpan<byte> begin)
    {
        for (int i = 0; i < begin.Length; i++)
            if (i is 0 or Digits + 1 ? begin[i] != Bar : !char.IsAsciiDigit((char)begin[i])) return false;
        return true;
    }

    /// <summary>Reads a message that is there as a whole.</summary>
    /// <param name="message">All of its bytes and no others.</param>
    /// <param name="number">Its number.</param>
    public bool TryRead(ReadOnlySpan<byte> message, out long number)
    {
        number = 0;
        return message.Length == Size && TryReadHead(message, out number) && message[HeadBytes..].SequenceEqual(filler);
    }
}
