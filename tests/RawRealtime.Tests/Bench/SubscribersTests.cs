using System.Globalization;
using System.Text;
using RawRealtime.Bench;

namespace RawRealtime.Tests.Bench;

/// <summary>Servers that deliver wrongly. The publisher is answered at once, and the subscriber gets what it is told.</summary>
public sealed class SubscribersTests
{
    const int Messages = 3;

    // Waits for all messages of one connection, and delivers what it is told on the other.
    static async Task<BenchResult> RunAsync(BenchTransport transport, params long[] delivered)
    {
        TaskCompletionSource published = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using PlantedServer server = new(async stream =>
        {
            string head = await BenchRig.ReadHeadAsync(stream);
            if (head.StartsWith("POST", StringComparison.Ordinal)) await TakeAsync(stream, published);
            else
            {
                if (transport == BenchTransport.Sse) await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
                await published.Task;
                await DeliverAsync(stream, transport, delivered);
                await BenchRig.ReadAsync(stream, 1 << 20); // until the bench leaves
            }
        });
        return await BenchRig.RunAsync(BenchRig.Short(BenchKind.FanOut, server.Http) with
        {
            Transport = transport,
            Connections = 1,
            Rate = 1000,
            Most = Messages,
            DrainTime = TimeSpan.FromMilliseconds(100),
            PublishUrl = server.Http,
        });
    }

    static async Task TakeAsync(Stream stream, TaskCompletionSource published)
    {
        for (int i = 1; ; i++)
        {
            await BenchRig.ReadAsync(stream, BenchRig.Size);
            await stream.WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
            if (i == Messages) published.TrySetResult();
            await BenchRig.ReadHeadAsync(stream);
        }
    }

    static async Task DeliverAsync(Stream stream, BenchTransport transport, long[] delivered)
    {
        string messages = string.Concat(delivered.Select(number => $"data: {Encoding.ASCII.GetString(BenchRig.Message(number))}\n\n"));
        string text = transport == BenchTransport.Sse
            ? string.Create(CultureInfo.InvariantCulture, $"{messages.Length:x}\r\n{messages}\r\n")
            : string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nETag: \"3\"\r\nContent-Length: {messages.Length}\r\n\r\n{messages}");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
    }

    [Theory]
    [InlineData(nameof(BenchTransport.Sse))]
    [InlineData(nameof(BenchTransport.Poll))]
    public async Task Each_once_and_in_order_is_right(string transport)
    {
        BenchResult result = await RunAsync(BenchRig.Via(transport), 0, 1, 2);
        Assert.True(result.IsRight, BenchReport.Verdict(result));
    }

    [Theory]
    [InlineData(nameof(BenchTransport.Sse), "lost", "0 2")]
    [InlineData(nameof(BenchTransport.Sse), "lost", "0 1")]
    [InlineData(nameof(BenchTransport.Sse), "repeated-or-late", "0 1 1 2")]
    [InlineData(nameof(BenchTransport.Sse), "lost repeated-or-late", "0 2 1")]
    [InlineData(nameof(BenchTransport.Sse), "wrong-content", "0 1 2 9")]
    [InlineData(nameof(BenchTransport.Poll), "lost", "1 2")]
    [InlineData(nameof(BenchTransport.Poll), "repeated-or-late", "0 0 1 2")]
    public async Task What_is_lost_repeated_reordered_or_foreign_is_found(string transport, string expected, string delivered) =>
        Assert.Equal(expected, BenchRig.FaultsOf(await RunAsync(BenchRig.Via(transport), [.. delivered.Split(' ').Select(number => (long)(number[0] - '0'))])));
}
