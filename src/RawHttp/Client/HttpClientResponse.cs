using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using RawHttp.Wire;

namespace RawHttp.Client;

/// <summary>
/// An answer: its head is here, its content is read piece by piece, or whole. An answer that is not read to its end holds its connection;
/// dispose it to give up the rest, and the connection with it. For one caller at a time.
/// </summary>
public sealed class HttpClientResponse : IDisposable
{
    readonly HttpClientConnection connection;
    readonly BodyFraming framing;
    BodyReader reader;
    int given;
    bool isComplete, isHandedOver;

    internal HttpClientResponse(HttpClientConnection connection, ResponseHead head, BodyFraming framing, HttpLimits limits)
    {
        (this.connection, Head, this.framing) = (connection, head, framing);
        reader = new(framing, limits, Trailers);
    }

    /// <summary>Everything in front of the content, as bytes.</summary>
    public ResponseHead Head { get; }

    /// <summary>The status code: 200 to 599, or 101 when the request asked for another protocol.</summary>
    public int Status => Head.Status;

    /// <summary>The fields behind chunked content, once it was read to its end; never merged into those of the head. RFC 9110 §6.5.</summary>
    public FieldLines Trailers { get; } = new();

    /// <summary>How much content there is, when the server said so and sends some; else null.</summary>
    public long? ContentLength => framing.Kind switch { BodyKind.Fixed => framing.Length, BodyKind.None => 0, _ => null };

    /// <summary>Whether the content was read to its end.</summary>
    public bool IsComplete => isComplete;

    /// <summary>The value of a field that stands once, one character per byte.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <returns>Null when it is not there, or repeated.</returns>
    public string? FieldValue(ReadOnlySpan<byte> name) => Head.Fields.TryGet(name, out ReadOnlySpan<byte> value) ? Encoding.Latin1.GetString(value) : null;

    /// <summary>Reads the next piece of the content, as large as it came: of an endless stream, each piece when it comes.</summary>
    /// <param name="cancellation">Gives up, and the connection with it.</param>
    /// <returns>A piece, valid until the next read; empty at the end.</returns>
    /// <exception cref="HttpClientException">The content is cut short, breaks a rule, or does not come in time: never is a part taken for the whole.</exception>
    /// <exception cref="ObjectDisposedException">The connection was closed by us.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation = default)
    {
        if (isComplete) return default;
        if (connection.IsClosed) throw connection.Gone;
        Spend();
        while (true)
        {
            ReadStatus status = Take(out ReadOnlyMemory<byte> piece);
            if (status == ReadStatus.Invalid) throw connection.Gone;
            if (status == ReadStatus.Done) return piece;
            if (await connection.ReceiveContentAsync(cancellation).ConfigureAwait(false) == 0) TakeEnd();
        }
    }

    /// <summary>Reads all of the content that is left.</summary>
    /// <param name="maxBytes">How much is too much.</param>
    /// <param name="cancellation">Gives up, and the connection with it.</param>
    /// <exception cref="HttpClientException">As for <see cref="ReadAsync"/>; and <see cref="HttpClientEnding.TooLarge"/>, before it is read where its length is known.</exception>
    /// <exception cref="ObjectDisposedException">The connection was closed by us.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<byte[]> ReadAllAsync(int maxBytes, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        if (!isComplete && framing.Length > maxBytes) throw connection.Refuse(HttpFault.BodyTooLarge, HttpClientEnding.TooLarge);
        ArrayBufferWriter<byte> all = new();
        while (true)
        {
            ReadOnlyMemory<byte> piece = await ReadAsync(cancellation).ConfigureAwait(false);
            if (piece.IsEmpty) return all.WrittenSpan.ToArray();
            if (piece.Length > maxBytes - all.WrittenCount) throw connection.Refuse(HttpFault.BodyTooLarge, HttpClientEnding.TooLarge);
            all.Write(piece.Span);
        }
    }

    /// <summary>Takes the connection for the protocol that the server switched to, once.</summary>
    /// <returns>The connection, with what came behind the answer unread in its inbox. The caller then owns it.</returns>
    /// <exception cref="InvalidOperationException">The status is not 101, or it was taken before.</exception>
    public UpgradedChannel TakeUpgraded()
    {
        if (Status != 101 || isHandedOver) throw new InvalidOperationException("The server did not switch protocols, or the connection was taken before.");
        isHandedOver = true;
        return connection.HandOver();
    }

    /// <summary>Gives up what was not read, and the connection with it. After the end it does nothing.</summary>
    public void Dispose()
    {
        if (!TryFinish() && !isHandedOver) connection.Close();
    }

    /// <summary>Whether the exchange is over; ends it when all of the content was read and its end is here. What was read last is spent.</summary>
    internal bool TryFinish()
    {
        if (isComplete || Status == 101 || connection.IsClosed) return isComplete;
        Spend();
        BodyReader ahead = reader; // content that the caller did not ask for is left unread
        while (!ahead.IsComplete)
        {
            ReadResult result = ahead.Read(connection.Inbox.Unread, out ReadOnlySpan<byte> data);
            if (result.Status == ReadStatus.Invalid) connection.Refuse(result.Fault);
            if (result.Status != ReadStatus.Done || !data.IsEmpty) return false;
            connection.Inbox.Consume(result.Consumed);
            reader = ahead;
        }
        Complete();
        return true;
    }

    void Spend()
    {
        connection.Inbox.Consume(given);
        given = 0;
    }

    ReadStatus Take(out ReadOnlyMemory<byte> piece)
    {
        piece = default;
        while (!reader.IsComplete)
        {
            ReadResult result = reader.Read(connection.Inbox.Unread, out ReadOnlySpan<byte> data);
            if (result.Status == ReadStatus.Invalid) connection.Refuse(result.Fault);
            if (result.Status != ReadStatus.Done) return result.Status;
            if (!data.IsEmpty)
            {
                given = result.Consumed;
                piece = connection.Inbox.UnreadMemory[..given];
                return ReadStatus.Done;
            }
            connection.Inbox.Consume(result.Consumed);
        }
        Complete();
        return ReadStatus.Done;
    }

    // RFC 9112 §8 and §9.8: only content that has no other end ends with the connection, and under TLS only when the server says so.
    void TakeEnd()
    {
        if (framing.Kind != BodyKind.UntilEnd) throw connection.Refuse(HttpFault.BodyIncomplete);
        if (!connection.EndedInOrder) throw connection.Refuse(HttpFault.EndNotAuthentic);
        reader = new(BodyFraming.None, HttpLimits.Default);
    }

    void Complete()
    {
        isComplete = true;
        connection.Finish();
    }
}
