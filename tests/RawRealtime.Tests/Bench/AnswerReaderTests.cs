using System.Text;
using RawHttp.Wire;
using RawRealtime.Bench;
using Testing;

namespace RawRealtime.Tests.Bench;

public sealed class AnswerReaderTests
{
    const string Two = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 204 No Content\r\n\r\n";
    const string Chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";

    [Theory]
    [InlineData(Two, "200:abc. 204:.")]
    [InlineData(Chunks, "200:abcde.")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nuntil the end", "200:until the end")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "BadContentLength")]
    [InlineData("HTTP/1.1 OK\r\n\r\n", "BadStatusLine")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "200:BadChunkSize")]
    public void Answers_are_taken_apart_however_they_are_cut(string text, string expected) =>
        Assert.Equal(expected, AllSplits.Outcome(Encoding.ASCII.GetBytes(text), Start).Trim());

    static (ReadTurn, Func<string>) Start()
    {
        AnswerReader reader = new(new ResponseHead());
        StringBuilder seen = new();
        bool isOver = false;
        return ((unread, _) =>
        {
            int all = unread.Length;
            while (!isOver)
            {
                AnswerPart part = reader.Next(ref unread, out ReadOnlySpan<byte> content);
                if (part == AnswerPart.NeedMore) break;
                seen.Append(part switch { AnswerPart.Head => $"{reader.Status}:", AnswerPart.End => ". ", AnswerPart.Invalid => reader.Fault.ToString(), _ => "" });
                seen.Append(Encoding.ASCII.GetString(content));
                isOver = part == AnswerPart.Invalid;
            }
            return isOver ? all : all - unread.Length;
        }, seen.ToString);
    }
}
