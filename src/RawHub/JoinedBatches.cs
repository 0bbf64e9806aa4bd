using RawNet;

namespace RawHub;

/// <summary>Messages in one form, one behind the other in one block.</summary>
/// <param name="Bytes">The block. Borrowed for the call; <see cref="SharedBytes.AddRef"/> keeps it longer.</param>
/// <param name="Last">The id of the last of them.</param>
/// <param name="Count">How many they are, at least one.</param>
/// <param name="DataBytes">Bytes of their data, as published.</param>
public readonly record struct JoinedMessages(SharedBytes Bytes, MessageId Last, int Count, int DataBytes);

/// <summary>What one read of a feed gave, joined.</summary>
/// <param name="Format">The form.</param>
/// <param name="From">Where a seat stood that read them.</param>
/// <param name="ReadTo">How far that read looked.</param>
/// <param name="NowMs">When it read: what had expired then was left out.</param>
/// <param name="LastEvicted">What was no longer kept then.</param>
/// <param name="Messages">The messages.</param>
internal readonly record struct JoinedBatch(MessageFormat Format, long From, long ReadTo, long NowMs, long LastEvicted, in JoinedMessages Messages);

/// <summary>
/// The batches that were joined last. Most subscriptions of a feed want the same messages in the same form: one look and one write of
/// one block each, instead of one of each for every message. Used under the feed's lock.
/// </summary>
internal sealed class JoinedBatches
{
    // Beyond it messages are large enough to be handed over one by one.
    const int MaxBytes = 64 << 10;

    internal const int MostKept = 16;

    JoinedBatch[] kept = [];
    int count, oldest;

    /// <summary>Joins messages.</summary>
    /// <param name="messages">At least one.</param>
    /// <param name="format">In which form.</param>
    /// <param name="joined">The messages; the one reference to their block goes to the caller.</param>
    /// <returns>False when they are too large.</returns>
    internal static bool TryJoin(ReadOnlySpan<PublishedMessage?> messages, MessageFormat format, out JoinedMessages joined)
    {
        int length = 0, data = 0;
        joined = default;
        foreach (PublishedMessage? message in messages)
        {
            if ((length += message!.Encoded(format).Length) > MaxBytes) return false;
            data += message.Payload.Length;
        }
        SharedBytes bytes = messages.Length == 1 ? messages[0]!.Encoded(format).AddRef() : Join(messages, format, length);
        joined = new(bytes, messages[^1]!.Id, messages.Length, data);
        return true;
    }

    static SharedBytes Join(ReadOnlySpan<PublishedMessage?> messages, MessageFormat format, int length)
    {
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

    /// <summary>Keeps a batch for the seats that come next, in the place of the oldest when there are many.</summary>
    internal void Keep(in JoinedBatch batch)
    {
        batch.Messages.Bytes.AddRef();
        if (count < MostKept)
        {
            if (count == kept.Length) Array.Resize(ref kept, Math.Max(2, count * 2));
            kept[count++] = batch;
            return;
        }
        kept[oldest].Messages.Bytes.Release();
        kept[oldest] = batch;
        oldest = (oldest + 1) % MostKept;
    }

    /// <summary>Finds what a seat at <paramref name="from"/> would read now.</summary>
    /// <param name="format">In which form.</param>
    /// <param name="from">Where the seat stands.</param>
    /// <param name="nowMs">The hub's time.</param>
    /// <param name="lastEvicted">What is no longer kept.</param>
    /// <param name="found">The batch; its block has a holder more, which is the caller.</param>
    internal bool TryFind(MessageFormat format, long from, long nowMs, long lastEvicted, out JoinedBatch found)
    {
        foreach (ref readonly JoinedBatch batch in kept.AsSpan(0, count))
        {
            if (batch.From != from || batch.Format != format || batch.NowMs != nowMs) continue;
            if (lastEvicted >= from && lastEvicted != batch.LastEvicted) continue; // of a pattern, one in their middle may be gone
            found = batch;
            batch.Messages.Bytes.AddRef();
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
            batch.Messages.Bytes.Release();
            batch = default;
        }
        (count, oldest) = (0, 0);
    }
}
