using System.Buffers;

namespace RawLongPoll.Wire;

/// <summary>
/// Writes the 200 answer: <c>{"from","recovered","reason"?,"lost"?,"messages":[…],"cursor"}</c>. The position and the
/// messages are JSON objects already, written once by who knows them; here they are joined.
/// </summary>
/// <param name="into">Gets the bytes.</param>
public ref struct BatchWriter(IBufferWriter<byte> into)
{
    static readonly SearchValues<byte> CursorBytes = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-."u8);

    readonly IBufferWriter<byte> into = into;
    bool hasMessages;

    /// <summary>Begins with the position: a JSON object with at least one member, whose members become the answer's first.</summary>
    /// <exception cref="ArgumentException">It is not such an object.</exception>
    public readonly void Begin(ReadOnlySpan<byte> positionJson)
    {
        if (positionJson.Length < 5 || positionJson[0] != '{' || positionJson[^1] != '}') throw new ArgumentException("Not a JSON object.", nameof(positionJson));
        into.Write(positionJson[..^1]);
        into.Write(",\"messages\":["u8);
    }

    /// <summary>Adds one message, a JSON object.</summary>
    public void Message(ReadOnlySpan<byte> messageJson)
    {
        if (hasMessages) into.Write(","u8);
        hasMessages = true;
        into.Write(messageJson);
    }

    /// <summary>Adds one message with the cursor behind it, which cannot be told from the message itself when there are several channels.</summary>
    /// <param name="messageJson">A JSON object with at least one member.</param>
    /// <param name="cursor">As in <see cref="End"/>.</param>
    public void Message(ReadOnlySpan<byte> messageJson, ReadOnlySpan<byte> cursor)
    {
        if (cursor.ContainsAnyExcept(CursorBytes)) throw new ArgumentException("Not a cursor.", nameof(cursor));
        Message("{\"cursor\":\""u8);
        into.Write(cursor);
        into.Write("\","u8);
        into.Write(messageJson[1..]);
    }

    /// <summary>Ends with the cursor: letters, digits, <c>-</c> and <c>.</c> only, so it needs no escaping.</summary>
    /// <exception cref="ArgumentException">It holds anything else.</exception>
    public readonly void End(ReadOnlySpan<byte> cursor)
    {
        if (cursor.ContainsAnyExcept(CursorBytes)) throw new ArgumentException("Not a cursor.", nameof(cursor));
        into.Write("],\"cursor\":\""u8);
        into.Write(cursor);
        into.Write("\"}"u8);
    }
}
