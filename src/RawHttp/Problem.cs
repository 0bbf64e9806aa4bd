using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RawHttp.Wire;

namespace RawHttp;

/// <summary>Problem details, the content of every refusal. RFC 9457.</summary>
public static class Problem
{
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The media type. RFC 9457 §6.1.</summary>
    public static ReadOnlySpan<byte> ContentType => "application/problem+json"u8;

    /// <summary>Writes the object: type, title, status, detail, code.</summary>
    /// <param name="status">The status code of the answer.</param>
    /// <param name="code">The stable name of the rule that was broken.</param>
    /// <param name="detail">One sentence for people, without internals.</param>
    public static byte[] Write(int status, string code, string detail)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank"u8); // RFC 9457 §4.2.1: the title is the status code's phrase
            json.WriteString("title"u8, Encoding.ASCII.GetString(StatusCodes.ReasonOf(status)));
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, detail);
            json.WriteString("code"u8, code);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A whole answer, for a refusal before there is a connection that could write one; the connection closes after it.</summary>
    /// <param name="fault">The rule that was broken.</param>
    /// <param name="date">The value of the Date field.</param>
    internal static byte[] Alone(HttpFault fault, ReadOnlySpan<byte> date)
    {
        byte[] content = Write(HttpFaults.StatusOf(fault), HttpFaults.CodeOf(fault), HttpFaults.DetailOf(fault));
        byte[] answer = new byte[512 + content.Length];
        ResponseHeadWriter head = new(answer);
        head.StatusLine(HttpFaults.StatusOf(fault));
        head.Field("Date"u8, date);
        head.Field("Content-Type"u8, ContentType);
        head.Field("Content-Length"u8, content.Length);
        head.Field("Connection"u8, "close"u8);
        head.End();
        content.CopyTo(answer.AsSpan(head.Length));
        return answer[..(head.Length + content.Length)];
    }
}
