using System.Runtime.CompilerServices;

namespace RawRealtime.Bench;

/// <summary>Recognises one message that comes in pieces, without keeping them. Pure; a default one is at the start of a message.</summary>
internal struct MessageMatcher
{
    Head head;
    int position;

    /// <summary>A byte was not what it had to be.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Forgets what came, for the next message.</summary>
    public void Restart() => (position, IsBroken) = (0, false);

    /// <summary>Takes the next piece.</summary>
    /// <param name="format">What the message must be.</param>
    /// <param name="piece">Bytes of the message; what goes beyond its size breaks it.</param>
    public void Take(NumberedMessage format, ReadOnlySpan<byte> piece)
    {
        if (IsBroken || piece.IsEmpty) return;
        if (piece.Length > format.Size - position)
        {
            IsBroken = true;
            return;
        }
        if (position < NumberedMessage.HeadBytes)
        {
            int taken = Math.Min(piece.Length, NumberedMessage.HeadBytes - position);
            piece[..taken].CopyTo(head[position..]);
            position += taken;
            piece = piece[taken..];
            IsBroken = !NumberedMessage.BeginsHead(head[..position]);
            if (position < NumberedMessage.HeadBytes) return;
        }
        IsBroken |= !piece.SequenceEqual(format.Filler.Slice(position - NumberedMessage.HeadBytes, piece.Length));
        position += piece.Length;
    }

    /// <summary>How many bytes the message yet wants.</summary>
    /// <param name="format">What the message must be.</param>
    public readonly int Wanted(NumberedMessage format) => format.Size - position;

    /// <summary>Judges the message at its end.</summary>
    /// <param name="format">What the message must be.</param>
    /// <param name="number">Its number; 0 unless the answer is true.</param>
    public readonly bool IsComplete(NumberedMessage format, out long number)
    {
        number = 0;
        return !IsBroken && position == format.Size && NumberedMessage.TryReadHead(head, out number);
    }

    [InlineArray(NumberedMessage.HeadBytes)]
    struct Head
    {
        byte first;
    }
}
