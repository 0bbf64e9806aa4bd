using System.Text;

namespace RawHttp.Fuzz;

/// <summary>
/// What a reader said, as bytes that can be compared. Content is written without saying in how many pieces it came,
/// since that may differ from cut to cut and nothing else may.
/// </summary>
public sealed class EventLog
{
    byte[] block = new byte[256];
    int length;

    /// <summary>All that was written.</summary>
    public ReadOnlySpan<byte> Written => block.AsSpan(0, length);

    /// <summary>Forgets it.</summary>
    public void Clear() => length = 0;

    /// <summary>Writes a piece of content.</summary>
    /// <param name="content">The piece.</param>
    public void Content(ReadOnlySpan<byte> content)
    {
        if (block.Length - length < content.Length) Array.Resize(ref block, Math.Max(2 * block.Length, length + content.Length));
        content.CopyTo(block.AsSpan(length));
        length += content.Length;
    }

    /// <summary>Writes an event with its bytes.</summary>
    /// <param name="kind">What happened, one letter.</param>
    /// <param name="bytes">To what.</param>
    public void Event(char kind, ReadOnlySpan<byte> bytes)
    {
        Event(kind, bytes.Length);
        Content(bytes);
    }

    /// <summary>Writes an event with a number.</summary>
    /// <param name="kind">What happened, one letter.</param>
    /// <param name="number">How much, or which.</param>
    public void Event(char kind, long number)
    {
        Span<byte> written = stackalloc byte[24];
        number.TryFormat(written[2..], out int digits, default, null);
        (written[0], written[1], written[2 + digits]) = ((byte)'<', (byte)kind, (byte)'>');
        Content(written[..(3 + digits)]);
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.Latin1.GetString(Written);
}
