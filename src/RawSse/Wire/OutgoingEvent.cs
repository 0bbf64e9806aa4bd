namespace RawSse.Wire;

/// <summary>One event to be written.</summary>
/// <param name="data">The data; always written, also when it is empty.</param>
public readonly ref struct OutgoingEvent(ReadOnlySpan<byte> data)
{
    /// <summary>The data: UTF-8 text, or any bytes with <see cref="IsBase64"/>.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Whether <see cref="Data"/> is written as base64: an event stream can only carry text.</summary>
    public bool IsBase64 { get; init; }

    /// <summary>The event's name as UTF-8; none when empty, and then it is a "message" to the reader.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Whether the event has an id.</summary>
    public bool HasId { get; init; }

    /// <summary>The id as UTF-8. An empty one, with <see cref="HasId"/>, makes the reader forget the last.</summary>
    public ReadOnlySpan<byte> Id { get; init; }
}
