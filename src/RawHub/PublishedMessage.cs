using System.Diagnostics;
using RawNet;

namespace RawHub;

/// <summary>One message of one channel, shared by all who get it: its payload once, and each wire form of it once.</summary>
/// <remarks>
/// Counted and pooled: whoever keeps it beyond a call adds a reference and releases it once. Nothing of it changes
/// after publishing, so any thread may read it. In DEBUG, reading a released one throws.
/// </remarks>
public sealed class PublishedMessage
{
    readonly MessagePool pool;
    readonly Lock encoding = new();
    readonly SharedBytes?[] encodings = new SharedBytes?[MessageFormat.MaxFormats];
    int references;
    ChannelName channel;
    MessageId id;
    string? eventName;
    SharedBytes? payload;
    bool isText;
    long unixMs;

    internal PublishedMessage(MessagePool pool) => this.pool = pool;

    /// <summary>The channel it was published to.</summary>
    public ChannelName Channel => Live.channel;

    /// <summary>Its epoch and offset.</summary>
    public MessageId Id => Live.id;

    /// <summary>The channel's life it belongs to.</summary>
    public Epoch Epoch => Live.id.Epoch;

    /// <summary>Its number in the channel, from 1 without a gap.</summary>
    public long Offset => Live.id.Offset;

    /// <summary>The event name, or null.</summary>
    public string? Event => Live.eventName;

    /// <summary>The data, as published. Borrowed: it lives as long as the message.</summary>
    public SharedBytes Payload => Live.payload!;

    /// <summary>Whether the data is text (UTF-8); else it is bytes.</summary>
    public bool IsText => Live.isText;

    /// <summary>When it was published: milliseconds since 1970, UTC.</summary>
    public long UnixMs => Live.unixMs;

    /// <summary>Its number among all messages of the hub, growing, for who subscribes to many channels at once.</summary>
    public long Sequence { get; internal set; }

    // The hub's own clock, by which it grows old: a wall clock that jumps must not evict.
    internal long BornMs { get; private set; }

    /// <summary>When it is worth nothing any more, by the hub's clock; <see cref="long.MaxValue"/> for never.</summary>
    internal long ExpiresMs { get; private set; }

    /// <summary>Where the store has it; the store's own mark.</summary>
    internal long Mark { get; set; }

    /// <summary>Its channel keeps it no longer.</summary>
    internal bool IsGone { get; set; }

    PublishedMessage Live
    {
        get
        {
            ThrowIfReleased();
            return this;
        }
    }

    /// <summary>The message in <paramref name="format"/>: written by the first who asks, the same block for all others.</summary>
    /// <returns>Borrowed: it lives as long as the message; <see cref="SharedBytes.AddRef"/> keeps it longer.</returns>
    public SharedBytes Encoded(MessageFormat format) =>
        Volatile.Read(ref Live.encodings[format.Slot]) ?? EncodeOnce(format);

    SharedBytes EncodeOnce(MessageFormat format)
    {
        lock (encoding)
        {
            if (encodings[format.Slot] is { } done) return done;
            SharedBytes bytes = format.Encode(this);
            Volatile.Write(ref encodings[format.Slot], bytes);
            return bytes;
        }
    }

    /// <summary>Adds a reference; only for who already holds one or was just lent the message.</summary>
    /// <exception cref="InvalidOperationException">It is released already.</exception>
    public void AddRef()
    {
        if (Interlocked.Increment(ref references) > 1) return;
        Interlocked.Decrement(ref references); // it stays poisoned
        throw new InvalidOperationException("The message was released before.");
    }

    /// <summary>Gives one reference back. With the last one the message and its blocks return to their pools.</summary>
    /// <exception cref="InvalidOperationException">It is released already.</exception>
    public void Release()
    {
        int left = Interlocked.Decrement(ref references);
        if (left < 0) throw new InvalidOperationException("The message was released too often.");
        if (left == 0) Recycle();
    }

    /// <summary>Takes over the caller's reference to <paramref name="payload"/>.</summary>
    internal void Fill(SharedBytes payload, in Publication what, long bornMs)
    {
        (this.payload, isText, eventName, unixMs) = (payload, what.IsText, what.Event, what.UnixMs);
        (BornMs, ExpiresMs) = (bornMs, what.TtlMs == 0 ? long.MaxValue : bornMs + what.TtlMs);
        (Sequence, Mark, IsGone) = (0, 0, false);
        Volatile.Write(ref references, 1);
    }

    internal void Place(ChannelName channel, MessageId id) => (this.channel, this.id) = (channel, id);

    void Recycle()
    {
        payload!.Release();
        payload = null;
        eventName = null;
        for (int slot = 0; slot < encodings.Length; slot++)
        {
            encodings[slot]?.Release();
            encodings[slot] = null;
        }
        pool.Return(this);
    }

    [Conditional("DEBUG")]
    void ThrowIfReleased() => ObjectDisposedException.ThrowIf(Volatile.Read(ref references) <= 0, this);
}
