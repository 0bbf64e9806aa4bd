using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Peers.Kestrel;

/// <summary>Event streams: all that waits is written, then flushed once.</summary>
internal static class EventStreams
{
    const int FlushBytes = 64 << 10;

    public static async Task SubscribeAsync(HttpContext context, Topic topic)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        PipeWriter output = context.Response.BodyWriter;
        Channel<Message> queue = topic.Subscribe();
        output.Write(":\n\n"u8);
        await output.FlushAsync(context.RequestAborted);
        try
        {
            while (await queue.Reader.WaitToReadAsync(context.RequestAborted))
            {
                int written = 0;
                while (written < FlushBytes && queue.Reader.TryRead(out Message message)) written += Write(output, message);
                await output.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The client left.
        }
        topic.Unsubscribe(queue);
    }

    static int Write(PipeWriter output, Message message)
    {
        const int Around = 64; // field names, a number, line ends
        Span<byte> into = output.GetSpan(message.Data.Length + Around);
        "id: k-"u8.CopyTo(into);
        int at = 6;
        Utf8Formatter.TryFormat(message.Number, into[at..], out int digits);
        at += digits;
        "\ndata: "u8.CopyTo(into[at..]);
        at += 7;
        message.Data.CopyTo(into[at..]);
        at += message.Data.Length;
        "\n\n"u8.CopyTo(into[at..]);
        at += 2;
        output.Advance(at);
        return at;
    }
}
