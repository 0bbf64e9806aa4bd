using System.Runtime.CompilerServices;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>The content of the present request: read whole into a pooled block, or read away. Loop only.</summary>
sealed class RequestBody(HttpConnection connection)
{
    BodyReader reader;
    SharedBytes? block;
    int length;
    long began, received;
    bool continueOwed, isLost;

    /// <summary>The whole content once it was read; valid until the exchange is over.</summary>
    internal ReadOnlyMemory<byte> Whole => block is null ? default : block.Memory[..length];

    internal bool IsComplete => reader.IsComplete;

    /// <summary>
    /// Whether the rest can be read away at a bearable cost. Not so when the client was never told to go on: whether it sends the
    /// content after all nobody can know (RFC 9110 §10.1.1). And not after a fault, whoever answers it in whatever words: where the
    /// next request begins is in doubt (RFC 9112 §11.2).
    /// </summary>
    internal bool CanDiscard(RequestHead head, int maxBytes) => !isLost && (IsComplete || (!continueOwed && head.Framing.Length <= maxBytes));

    internal void Begin(RequestHead head, HttpLimits limits)
    {
        Release();
        reader = new(head.Framing, limits);
        (began, received, continueOwed, isLost) = (-1, 0, head.ExpectsContinue, false);
    }

    internal void Release()
    {
        block?.Release();
        (block, length) = (null, 0);
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="maxBytes">How much is too much.</param>
    /// <param name="declared">Its length when that is known, else 0.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<HttpFault> ReadAllAsync(int maxBytes, long declared)
    {
        if (declared > maxBytes) return HttpFault.BodyTooLarge;
        if (continueOwed && connection.Inbox.IsEmpty) connection.SendContinue(); // RFC 9110 §10.1.1: not when content is here already
        continueOwed = false;
        while (true)
        {
            HttpFault fault = TakeUnread(maxBytes, keep: true, declared);
            if (fault == HttpFault.None && reader.IsComplete) return fault;
            if (fault == HttpFault.None) fault = await ReceiveAsync().ConfigureAwait(false);
            isLost = fault != HttpFault.None;
            if (isLost) return fault;
        }
    }

    /// <summary>Reads away what the handler did not read.</summary>
    /// <returns>False when it is too much, or breaks a rule: the connection cannot be kept.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> DiscardAsync(int maxBytes)
    {
        long until = received + maxBytes;
        while (true)
        {
            if (TakeUnread(int.MaxValue, keep: false, 0) != HttpFault.None) return false;
            if (reader.IsComplete) return true;
            if (received > until || await ReceiveAsync().ConfigureAwait(false) != HttpFault.None) return false;
        }
    }

    ValueTask<HttpFault> ReceiveAsync()
    {
        if (began < 0) began = connection.Now;
        return connection.ReceiveBodyAsync(began, received);
    }

    HttpFault TakeUnread(int maxBytes, bool keep, long declared)
    {
        while (!reader.IsComplete)
        {
            ReadResult result = reader.Read(connection.Inbox.Unread, out ReadOnlySpan<byte> data);
            if (result.Status == ReadStatus.Invalid) return result.Fault;
            if (result.Status == ReadStatus.NeedMore) break;
            if (keep && data.Length > maxBytes - length) return HttpFault.BodyTooLarge;
            if (keep) Append(data, declared);
            connection.Inbox.Consume(result.Consumed);
            received += result.Consumed;
        }
        return HttpFault.None;
    }

    void Append(ReadOnlySpan<byte> data, long declared)
    {
        if (data.IsEmpty) return;
        if (block is null || block.Length - length < data.Length) Grow(Math.Max((int)declared, Math.Max(2 * length, length + data.Length)));
        data.CopyTo(block!.Span[length..]);
        length += data.Length;
    }

    void Grow(int to)
    {
        SharedBytes larger = SharedBytes.Rent(to);
        if (block is not null) block.Span[..length].CopyTo(larger.Span);
        block?.Release();
        block = larger;
    }
}
