using System.Text;
using BenchmarkDotNet.Attributes;
using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>Heads of HTTP/1.1: a request as a script sends it and as a browser does, and an answer out and in.</summary>
public class HeadBenchmarks
{
    static readonly byte[] Script = "GET /healthz HTTP/1.1\r\nHost: localhost:5000\r\n\r\n"u8.ToArray();

    static readonly byte[] Browser = Encoding.ASCII.GetBytes("""
        GET /events?channel=news HTTP/1.1
        Host: realtime.example.org
        Connection: keep-alive
        User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
        Accept: text/event-stream
        Cache-Control: no-cache
        Sec-Fetch-Site: same-origin
        Sec-Fetch-Mode: cors
        Sec-Fetch-Dest: empty
        Referer: https://realtime.example.org/
        Accept-Encoding: gzip, deflate, br, zstd
        Accept-Language: en-GB,en;q=0.9
        Cookie: session=0123456789abcdef0123456789abcdef; theme=dark
        

        """.ReplaceLineEndings("\r\n"));

    readonly RequestHeadReader requests = new(HttpLimits.Default);
    readonly ResponseHeadReader answers = new(HttpLimits.Default);
    readonly RequestHead request = new();
    readonly ResponseHead answer = new();
    readonly byte[] written = new byte[512];
    int length;

    /// <summary>Writes what <see cref="ReadAnswer"/> reads.</summary>
    [GlobalSetup]
    public void Begin() => length = WriteAnswer();

    /// <summary>A request line and Host.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int ReadSmallRequest() => requests.Read(Script, request).Consumed;

    /// <summary>A request line and twelve fields.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int ReadBrowserRequest() => requests.Read(Browser, request).Consumed;

    /// <summary>A status line and four fields.</summary>
    /// <returns>Bytes written.</returns>
    [Benchmark]
    public int WriteAnswer()
    {
        ResponseHeadWriter writer = new(written);
        writer.StatusLine(200);
        writer.Field("Date"u8, "Sun, 22 Nov 2026 17:07:14 GMT"u8);
        writer.Field("Content-Type"u8, "text/plain; charset=utf-8"u8);
        writer.Field("Cache-Control"u8, "no-store"u8);
        writer.Field("Content-Length"u8, 3);
        writer.End();
        return writer.Length;
    }

    /// <summary>The same answer.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int ReadAnswer() => answers.Read(written.AsSpan(0, length), answer).Consumed;
}
