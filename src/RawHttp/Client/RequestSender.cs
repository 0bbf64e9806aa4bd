using RawHttp.Wire;
using RawNet;

namespace RawHttp.Client;

/// <summary>Sends one request: the head, then the content as fast as the server takes it. Its answer is read meanwhile, on another thread perhaps.</summary>
sealed class RequestSender
{
    readonly HttpClientRequest request;
    readonly SendQueue outbox;
    readonly ContentSender content;
    readonly TaskCompletionSource? mayGoOn;
    volatile bool isComplete;

    internal RequestSender(HttpClientRequest request, SendQueue outbox)
    {
        (this.request, this.outbox) = (request, outbox);
        content = new(outbox, isChunked: request.ContentSource is not null);
        if (request.ExpectsContinue) mayGoOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Whether all of the request was sent: only then can another one follow.</summary>
    internal bool IsComplete => isComplete;

    /// <summary>Whether the content is still held back for a 100.</summary>
    internal bool IsHeldBack => mayGoOn is { Task.IsCompleted: false };

    /// <summary>Sends; ends early when the server wants no more. What the source throws comes out.</summary>
    internal async Task RunAsync(ReadOnlyMemory<byte> head)
    {
        do
        {
            if (!await outbox.WaitForRoomAsync().ConfigureAwait(false)) return; // the reader learns why
        }
        while (!outbox.TryWrite(head.Span));
        if (request.Content is null || mayGoOn is not null) outbox.Flush(); // else head and content leave together
        if (mayGoOn is not null) await mayGoOn.Task.ConfigureAwait(false);
        if (content.IsStopped) return;
        isComplete = await SendContentAsync().ConfigureAwait(false);
        outbox.Flush(); // only now: with the last byte the answer may come, and another request may follow it
    }

    /// <summary>The content is wanted, or was waited for long enough. Any thread.</summary>
    internal void GoOn() => mayGoOn?.TrySetResult();

    /// <summary>The content is not wanted any more. Any thread.</summary>
    internal void Stop()
    {
        content.Stop();
        GoOn();
    }

    async ValueTask<bool> SendContentAsync()
    {
        if (request.Content is { } bytes) return await content.QueueAsync(bytes).ConfigureAwait(false);
        if (request.ContentSource is null) return true;
        await request.ContentSource(content).ConfigureAwait(false);
        while (!content.IsStopped && await outbox.WaitForRoomAsync().ConfigureAwait(false))
            if (outbox.TryWrite(ChunkWriter.LastChunk)) return true;
        return false;
    }
}
