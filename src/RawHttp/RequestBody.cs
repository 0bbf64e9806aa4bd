using System.Runtime.CompilerServices;
using RawHttp.Wire;
using RawNet;

namespace RawHttp;

/// <summary>
/// The content of the present request, which has some: given piece by piece where it lies in the inbox, or read whole into a pooled block, or read away.
/// It is received when it is asked for and not before, so whoever does not read holds the peer back. Loop only.
/// </summary>
sealed class RequestBody(HttpConnection connection)
{
    // A first block; the next ones double, so that a peer can make us hold about as much as it sent, whatever it declared.
    const int FirstBytes = 16 << 10;

    BodyReader reader;
    LeastRate rate;
    SharedBytes? block;
    int length, given;
    long declared, taken;
    HttpFault lost;
    bool continueOwed;

    /// <summary>The whole content once it was read; valid until the exchange is over.</summary>
    internal ReadOnlyMemory<byte> Whole => block is null ? default : block.Memory[..length];

    /// <summary>The fields behind chunked content, once it was read to its end; else none. RFC 9112 §7.1.2.</summary>
    internal FieldLines Trailers { get; } = new();

    internal bool IsComplete => reader.IsComplete;

    /// <summary>
    /// Whether the rest can be read away at a bearable cost. Not so when the client was never told to go on: whether it sends the
    /// content after all nobody can know (RFC 9110 §10.1.1). And not after a fault, whoever answers it in whatever words: where the
    /// next request begins is in doubt (RFC 9112 §11.2).
    /// </summary>
    internal bool CanDiscard(int maxBytes) => lost == HttpFault.None && (IsComplete || (!continueOwed && declared <= maxBytes));

    internal void Begin(RequestHead head, HttpServerOptions options)
    {
        Release();
        Trailers.Clear();
        (declared, taken, lost, continueOwed) = (head.Framing.Length, 0, HttpFault.None, head.ExpectsContinue);
        reader = new(head.Framing, options.Limits, Trailers);
        rate = new(options.MinBodyBytesPerSecond, options.BodyGraceMilliseconds);
    }

    internal void Release()
    {
        block?.Release();
        (block, length, given) = (null, 0, 0);
    }

    /// <summary>Reads the next piece, and spends the one before.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<BodyPart> ReadPartAsync()
    {
        // RFC 9110 §15.5.14: refused before a byte of it is taken, and before the client is told to go on.
        if (declared > connection.Service.Options.Limits.MaxBodyBytes) return new(HttpFault.BodyTooLarge, default, IsEnd: false);
        Spend();
        TellToGoOn();
        BodyPart part;
        while (!TryTake(out part))
        {
            HttpFault fault = await ReceiveAsync().ConfigureAwait(false);
            if (fault != HttpFault.None) return Lose(fault);
        }
        return part;
    }

    /// <summary>Reads all that is left of it.</summary>
    /// <param name="maxBytes">How much is too much.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<HttpFault> ReadAllAsync(int maxBytes)
    {
        if (declared > maxBytes) return HttpFault.BodyTooLarge;
        while (true)
        {
            BodyPart part = await ReadPartAsync().ConfigureAwait(false);
            if (part.IsEnd || part.Fault != HttpFault.None) return part.Fault;
            if (part.Data.Length > maxBytes - length) return Lose(HttpFault.BodyTooLarge).Fault;
            Append(part.Data.Span);
        }
    }

    /// <summary>Reads away what the handler did not read.</summary>
    /// <returns>False when it is too much, too slow, or breaks a rule: the connection cannot be kept.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<bool> DiscardAsync(int maxBytes)
    {
        Spend();
        long until = taken + maxBytes;
        while (true)
        {
            if (TryTake(out BodyPart part))
            {
                if (part.IsEnd || part.Fault != HttpFault.None) return part.IsEnd;
                Spend();
            }
            else if (taken > until || await ReceiveAsync().ConfigureAwait(false) != HttpFault.None) return false;
        }
    }

    // RFC 9110 §10.1.1: not when content is here already.
    void TellToGoOn()
    {
        if (continueOwed && connection.Inbox.IsEmpty) connection.SendContinue();
        continueOwed = false;
    }

    // A piece, the end, or a fault; false when more bytes are needed to tell.
    bool TryTake(out BodyPart part)
    {
        part = new(lost, default, IsEnd: lost == HttpFault.None);
        while (part.IsEnd && !reader.IsComplete)
        {
            ReadResult result = reader.Read(connection.Inbox.Unread, out ReadOnlySpan<byte> data);
            if (result.Status == ReadStatus.NeedMore) return false;
            taken += result.Consumed;
            rate.Moved(result.Consumed);
            if (result.Status == ReadStatus.Invalid) part = Lose(result.Fault);
            else if (data.IsEmpty) connection.Inbox.Consume(result.Consumed);
            else part = Give(result.Consumed);
        }
        return true;
    }

    BodyPart Give(int count)
    {
        given = count;
        return new(HttpFault.None, connection.Inbox.UnreadMemory[..count], IsEnd: false);
    }

    void Spend()
    {
        connection.Inbox.Consume(given);
        given = 0;
    }

    BodyPart Lose(HttpFault fault)
    {
        lost = fault;
        Trailers.Clear();
        return new(fault, default, IsEnd: false);
    }

    // Slow on the whole, or silent for as long as a connection may idle: what came fast before does not excuse that.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<HttpFault> ReceiveAsync()
    {
        long began = connection.Now;
        long due = began + Math.Min(rate.LeftMilliseconds, connection.Service.Options.IdleMilliseconds);
        HttpFault fault = await connection.ReceiveBodyAsync(due).ConfigureAwait(false);
        rate.Waited(connection.Now - began);
        return fault;
    }

    void Append(ReadOnlySpan<byte> data)
    {
        if (block is null || block.Length - length < data.Length) Grow(length + data.Length);
        data.CopyTo(block!.Span[length..]);
        length += data.Length;
    }

    void Grow(int needed)
    {
        long wanted = Math.Clamp(2L * length, FirstBytes, Array.MaxLength);
        if (declared > 0) wanted = Math.Min(wanted, declared);
        SharedBytes larger = SharedBytes.Rent((int)Math.Max(wanted, needed));
        if (block is not null) block.Span[..length].CopyTo(larger.Span);
        block?.Release();
        block = larger;
    }
}
