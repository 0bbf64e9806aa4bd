using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RawRealtime.Client;

/// <summary>One JSON object on one line, for machines.</summary>
internal static class JsonLine
{
    // Readable: only what JSON itself wants is escaped, since no page embeds these lines.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it, with a line feed behind.</summary>
    /// <param name="type">The value of its first member, <c>type</c>.</param>
    /// <param name="members">Writes the others.</param>
    public static ReadOnlyMemory<byte> Of(string type, Action<Utf8JsonWriter> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            members(json);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        return line.WrittenMemory;
    }
}
