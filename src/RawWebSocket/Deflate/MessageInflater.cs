namespace RawWebSocket.Deflate;

/// <summary>
/// Inflates the messages of one direction of a connection. RFC 7692 §7.2.2. One thread at a time. What it works with comes from a pool: between
/// messages it holds what later ones may refer to, and without context nothing.
/// </summary>
public sealed class MessageInflater : IDisposable
{
    readonly Inflater inflater;
    readonly bool keepsContext;
    bool isDisposed;

    /// <summary>A new one.</summary>
    /// <param name="windowBits">8 to 15: matches reach back at most 2 to the power of it bytes. RFC 7692 §7.1.2.</param>
    /// <param name="keepsContext">Whether a message may refer to what came before it. RFC 7692 §7.1.1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="windowBits"/> is not from 8 to 15.</exception>
    public MessageInflater(int windowBits, bool keepsContext)
    {
        inflater = new(DeflateFormat.WindowOf(windowBits));
        this.keepsContext = keepsContext;
    }

    /// <summary>What is wrong with the data; None unless <see cref="Inflate"/> said Invalid.</summary>
    public DeflateFault Fault => inflater.Fault;

    /// <summary>Bytes that it holds from the pool at the moment.</summary>
    public int HeldBytes => inflater.HeldBytes;

    /// <summary>Inflates what it can of a message, going on where it stopped.</summary>
    /// <param name="input">Payload data of the message's frames; what was spent is cut off.</param>
    /// <param name="message">Room for the message, of which the first <paramref name="length"/> bytes are there: what was inflated of this message so far.
    /// It may be another block each time, with the same bytes.</param>
    /// <param name="length">Grows by what was inflated; 0 when a message begins.</param>
    /// <returns>What stopped it.</returns>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public InflateStatus Inflate(ref ReadOnlySpan<byte> input, Span<byte> message, ref int length)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return inflater.Inflate(ref input, message, ref length);
    }

    /// <summary>
    /// Ends a message when all of its payload data is spent. RFC 7692 §7.2.2: puts 00 00 FF FF back. With context the end of the message is kept for
    /// those that follow; everything else goes back to the pool.
    /// </summary>
    /// <param name="message">The whole message, or what came of it behind the last <see cref="KeepPiece"/>.</param>
    /// <returns>False when the data stops inside of a block: it is broken, though <see cref="Fault"/> is None.</returns>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public bool TryEndMessage(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!inflater.TryEndMessage()) return false;
        if (keepsContext) inflater.Keep(message);
        else inflater.Forget(); // what KeepPiece kept
        return true;
    }

    /// <summary>Takes note of a piece of a message that is handed on before the message ends: the rest may refer to it. The length begins at 0 again.</summary>
    /// <param name="piece">What was inflated since the message's beginning, or since the last piece.</param>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public void KeepPiece(ReadOnlySpan<byte> piece)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        inflater.Keep(piece);
    }

    /// <summary>Gives everything back to the pool, also in the middle of a message.</summary>
    public void Dispose()
    {
        isDisposed = true;
        inflater.Give();
    }
}
