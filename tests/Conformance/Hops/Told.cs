using System.Text;
using System.Text.Json;

namespace Conformance.Hops;

/// <summary>A message's JSON as the spans of its members. None of ours has a character that is escaped.</summary>
readonly ref struct Told
{
    public ReadOnlySpan<byte> Type { get; private init; }

    public ReadOnlySpan<byte> Cursor { get; private init; }

    public ReadOnlySpan<byte> Channel { get; private init; }

    public ReadOnlySpan<byte> Id { get; private init; }

    public ReadOnlySpan<byte> Data { get; private init; }

    public static Told Read(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        ReadOnlySpan<byte> type = default, cursor = default, channel = default, id = default, data = default;
        Assert.True(reader.Read() && reader.TokenType == JsonTokenType.StartObject, "no JSON object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("type"u8)) type = reader.ValueSpan;
            else if (name.SequenceEqual("cursor"u8)) cursor = reader.ValueSpan;
            else if (name.SequenceEqual("channel"u8)) channel = reader.ValueSpan;
            else if (name.SequenceEqual("id"u8)) id = reader.ValueSpan;
            else if (name.SequenceEqual("data"u8)) data = reader.ValueSpan;
            else reader.Skip();
        }
        return new() { Type = type, Cursor = cursor, Channel = channel, Id = id, Data = data };
    }

    /// <summary>An id, or one place of a cursor: the epoch, a hyphen, the offset.</summary>
    public static bool TryReadPlace(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> epoch, out long offset)
    {
        int hyphen = text.IndexOf((byte)'-');
        epoch = hyphen < 0 ? default : text[..hyphen];
        offset = -1;
        return hyphen > 0 && long.TryParse(text[(hyphen + 1)..], out offset);
    }

    public static string TextOf(ReadOnlySpan<byte> ascii) => Encoding.ASCII.GetString(ascii);
}
