namespace RawHub;

/// <summary>A position as JSON: <c>{"from","recovered","reason"?,"lost"?}</c>, the same on every transport.</summary>
/// <remarks>To put members before these, write them after a <c>{</c> and go on with this object's text from its second byte on.</remarks>
public static class PositionJson
{
    const int Frame = 64;
    const int FramePerLoss = ChannelName.MaxLength + 48;

    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    public static int MaxLengthOf(Position position) => Frame + position.From.Length + (1 + position.Lost.Length) * FramePerLoss;

    /// <summary>Writes the object and returns its length. It is pure ASCII, so it may be a header field's value.</summary>
    /// <param name="position">The position.</param>
    /// <param name="into">At least <see cref="MaxLengthOf"/> bytes.</param>
    public static int Write(Position position, Span<byte> into)
    {
        JsonSpan json = new(into);
        json.Raw("{\"from\":"u8);
        json.String(position.From);
        json.Raw(position.Recovered ? ",\"recovered\":true"u8 : ",\"recovered\":false"u8);
        if (!position.Recovered)
        {
            json.Raw(",\"reason\":"u8);
            json.String(LossReasons.WordOf(position.Reason));
            if (position.Channels > 1) WriteLost(position, ref json);
        }
        json.Raw("}"u8);
        return json.Length;
    }

    static void WriteLost(Position position, ref JsonSpan json)
    {
        ReadOnlySpan<byte> separator = ",\"lost\":["u8;
        foreach (LostChannel lost in position.Lost)
        {
            json.Raw(separator);
            json.Raw("{\"channel\":"u8);
            json.String(lost.Channel.Text);
            json.Raw(",\"reason\":"u8);
            json.String(LossReasons.WordOf(lost.Reason));
            json.Raw("}"u8);
            separator = ","u8;
        }
        json.Raw("]"u8);
    }

    /// <summary>The object as a new array.</summary>
    public static byte[] ToUtf8(Position position)
    {
        byte[] bytes = new byte[MaxLengthOf(position)];
        return bytes[..Write(position, bytes)];
    }
}
