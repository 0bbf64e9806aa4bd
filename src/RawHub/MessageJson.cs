using RawNet;

namespace RawHub;

/// <summary>A message as JSON: <c>{"channel","id","event"?,"data","encoding"?:"base64","time"}</c>. Bytes are base64 and say so.</summary>
/// <remarks>To put members before these, write them after a <c>{</c> and go on with this object's text from its second byte on.</remarks>
public static class MessageJson
{
    // The member names and punctuation, together, with room to spare.
    const int Frame = 96;

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    public static int MaxLengthOf(PublishedMessage message) => checked(
        Frame + ChannelName.MaxLength + MessageId.MaxLength + Rfc3339.Length
        + JsonSpan.MaxLengthOf(message.Event)
        + (message.IsText ? JsonSpan.MaxLengthOf(message.Payload.Span) : JsonSpan.LengthOfBase64(message.Payload.Length)));

    /// <summary>Writes the object and returns its length.</summary>
    /// <param name="message">The message.</param>
    /// <param name="into">At least <see cref="MaxLengthOf"/> bytes.</param>
    public static int Write(PublishedMessage message, Span<byte> into)
    {
        JsonSpan json = new(into);
        json.Raw("{\"channel\":"u8);
        json.String(message.Channel.Text);
        json.Raw(",\"id\":"u8);
        json.Id(message.Id);
        if (message.Event is { } name)
        {
            json.Raw(",\"event\":"u8);
            json.String(name);
        }
        json.Raw(",\"data\":"u8);
        WriteData(message, ref json);
        json.Raw(",\"time\":"u8);
        json.Time(message.UnixMs);
        json.Raw("}"u8);
        return json.Length;
    }

    static void WriteData(PublishedMessage message, ref JsonSpan json)
    {
        if (message.IsText)
        {
            json.String(message.Payload.Span);
            return;
        }
        json.Base64String(message.Payload.Span);
        json.Raw(",\"encoding\":\"base64\""u8);
    }

    /// <summary>Writes the object into a new block, whose one reference goes to the caller: what a <see cref="MessageFormat"/> needs.</summary>
    public static SharedBytes Encode(PublishedMessage message)
    {
        SharedBytes bytes = SharedBytes.Rent(MaxLengthOf(message));
        bytes.Trim(Write(message, bytes.Span));
        return bytes;
    }
}
