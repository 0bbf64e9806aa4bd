using RawNet;

namespace RawHub;

/// <summary>Several messages of a feed in one form, one behind the other in one block.</summary>
/// <param name="Format">The form.</param>
/// <param name="From">Where a seat stood that read them.</param>
/// <param name="ReadTo">How far that read looked.</param>
/// <param name="NowMs">When it read: what had expired then was left out.</param>
/// <param name="LastId">The id of the last of them.</param>
/// <param name="Bytes">The block.</param>
internal readonly record struct JoinedBatch(MessageFormat Format, long From, long ReadTo, long NowMs, MessageId LastId, SharedBytes Bytes);

/// <summary>
/// The batches that were joined during one dispatch. Most subscriptions of a feed want the same messages in the same form: one write of
/// one block each instead of one per message. Used under the feed's lock.
/// </summary>
internal sealed class JoinedBatches
{
    // Beyond it messages are large enough to be handed over one by one.
    const int MaxBytes = 64 << 10;

    const int MostKept = 16;

    JoinedBatch[] kept = [];
    int count;

    /// <summary>Joins messages.</summary>
    /// <returns>The block, whose one reference goes to the caller; null when they are too large.</returns>
    internal static SharedBytes? Join(ReadOnlySpan<PublishedMessage?> messages, MessageFormat format)
    {
        int length = 0;
        foreach (PublishedMessage? message in messages)
            if ((length += message!.Encoded(format).Length) > MaxBytes) return null;
        SharedBytes joined = SharedBytes.Rent(length);
        Span<byte> rest = joined.Span;
        foreach (PublishedMessage? message in messages)
        {
            Span<byte> encoded = message!.Encoded(format).Span;
            encoded.CopyTo(rest);
            rest = rest[encoded.Length..];
        }
        return joined;
    }

    /// <summary>Keeps a batch for the seats that come next; not when there are many already.</summary>
    internal void Keep(in JoinedBatch batch)
    {
        if (count == MostKept) return;
        if (count == kept.Length) Array.Resize(ref kept, Math.Max(2, count * 2));
        batch.Bytes.AddRef();
        kept[count++] = batch;
    }

    /// <summary>Finds what a seat at <paramref name="from"/> would read now.</summary>
    /// <param name="format">In which form.</param>
    /// <param name="from">Where the seat stands.</param>
    /// <param name="nowMs">The hub's time.</param>
    /// <param name="found">The batch; its block has a holder more, which is the caller.</param>
    internal bool TryFind(MessageFormat format, long from, long nowMs, out JoinedBatch found)
    {
        foreach (ref readonly JoinedBatch batch in kept.AsSpan(0, count))
        {
            if (batch.From != from || batch.Format != format || batch.NowMs != nowMs) continue;
            found = batch;
            batch.Bytes.AddRef();
            return true;
        }
        found = default;
        return false;
    }

    /// <summary>Lets go of all of them.</summary>
    internal void Clear()
    {
        foreach (ref JoinedBatch batch in kept.AsSpan(0, count))
        {
            batch.Bytes.Release();
            batch = default;
        }
        count = 0;
    }
}
