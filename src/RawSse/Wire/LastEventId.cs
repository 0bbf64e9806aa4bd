using System.Buffers;

namespace RawSse.Wire;

/// <summary>The rule for an event's id and for the <c>Last-Event-ID</c> field that brings it back.</summary>
public static class LastEventId
{
    static readonly SearchValues<byte> Breakers = SearchValues.Create("\r\n\0"u8);

    /// <summary>Whether an event stream can carry <paramref name="utf8"/> as one line's value.</summary>
    /// <remarks>HTML §9.2.6: CR and LF end the line, and an id with NUL is ignored by the reader.</remarks>
    public static bool IsValid(ReadOnlySpan<byte> utf8) => !utf8.ContainsAny(Breakers);

    /// <summary>Reads the request field.</summary>
    /// <param name="fieldValue">The field's value without the white space around it.</param>
    /// <param name="id">The id; empty when there is none.</param>
    /// <returns>False when there is none: HTML §9.2.3 sends the field only for an id that is not empty, so an empty one says nothing.</returns>
    public static bool TryRead(ReadOnlySpan<byte> fieldValue, out ReadOnlySpan<byte> id)
    {
        id = IsValid(fieldValue) ? fieldValue : default;
        return id.Length > 0;
    }
}
