using System.Buffers.Binary;

namespace RawHub;

/// <summary>The kinds of record a hub writes down. docs/journal.md.</summary>
internal enum HubRecordKind : byte
{
    /// <summary>No record.</summary>
    None,

    /// <summary>One message.</summary>
    Message,

    /// <summary>A channel was deleted.</summary>
    Deletion,

    /// <summary>A list of the channels begins: with the hub's epoch and sequence.</summary>
    ListBegin,

    /// <summary>One channel of the list: its epoch, what it has given and what it keeps.</summary>
    ListEntry,

    /// <summary>The list is whole: a channel that is not on it is gone.</summary>
    ListEnd,

    /// <summary>From here on everything has another epoch, since the end of the journal may be lost.</summary>
    Renewal,
}

/// <summary>One record, read.</summary>
internal ref struct HubRecordFields
{
    internal HubRecordKind Kind;
    internal long Sequence, Offset, UnixMs, TtlMs, LastEvicted, LastLost;
    internal Epoch Epoch;
    internal ChannelName Channel;
    internal bool IsText;
    internal int Subscribers;
    internal string? Event, Key;
    internal ReadOnlySpan<byte> Data;
}

/// <summary>A hub's records as bytes: little-endian, every text with its length in front. docs/journal.md.</summary>
internal static class HubRecord
{
    /// <summary>Bytes of the longest record about a channel.</summary>
    internal const int MaxChannelLength = 1 + Epoch.Length + 8 + 8 + 8 + 2 + ChannelName.MaxLength;

    const int SequenceAt = 1;
    const int MessageHead = 1 + 8 + Epoch.Length + 8 + 8 + 8 + 4 + 1 + 2 + 2 + 2;
    const byte TextFlag = 1, EventFlag = 2, KeyFlag = 4;

    internal static int MaxLengthOf(PublishedMessage message, in Publication what) =>
        MessageHead + ChannelName.MaxLength + EventName.MaxLength * 3 + (what.Key?.Length ?? 0) + message.Payload.Length;

    /// <summary>Writes a message's record, its sequence still open. Returns its length.</summary>
    internal static int WriteMessage(PublishedMessage message, in Publication what, int subscribers, Span<byte> into)
    {
        RecordWriter writer = new(into);
        writer.Byte((byte)HubRecordKind.Message);
        writer.Long(0);
        writer.Epoch(message.Epoch);
        writer.Long(message.Offset);
        writer.Long(message.UnixMs);
        writer.Long(what.TtlMs);
        writer.Int(subscribers);
        writer.Byte((byte)((message.IsText ? TextFlag : 0) | (message.Event is null ? 0 : EventFlag) | (what.Key is null ? 0 : KeyFlag)));
        writer.Text(message.Channel.Text);
        if (message.Event is { } name) writer.Text(name);
        if (what.Key is { } key) writer.Text(key);
        writer.Raw(message.Payload.Span);
        return writer.Length;
    }

    internal static void SetSequence(Span<byte> record, long sequence) => BinaryPrimitives.WriteInt64LittleEndian(record[SequenceAt..], sequence);

    internal static int WriteDeletion(Channel channel, Span<byte> into) => WriteChannel(HubRecordKind.Deletion, channel.Name, channel.Epoch, (0, 0, 0), into);

    /// <summary>The channel has another epoch from here on.</summary>
    internal static int WriteRenewal(Channel channel, Span<byte> into) => WriteChannel(HubRecordKind.Renewal, channel.Name, channel.Epoch, (0, 0, 0), into);

    /// <param name="hub">The hub's epoch.</param>
    /// <param name="sequence">The last sequence that the store has.</param>
    /// <param name="lastLost">The highest sequence that was lost in channels that are gone.</param>
    /// <param name="into">At least <see cref="MaxChannelLength"/> bytes.</param>
    internal static int WriteListBegin(Epoch hub, long sequence, long lastLost, Span<byte> into) =>
        WriteChannel(HubRecordKind.ListBegin, default, hub, (sequence, 0, lastLost), into);

    /// <summary>The channel as the store has it. A loss behind which older messages are kept is found anew when they are read. Under its lock.</summary>
    internal static int WriteListEntry(Channel channel, Span<byte> into)
    {
        History history = channel.Feed.History;
        long lastEvicted = Math.Min(history.LastEvicted, history.FirstPosition - 1);
        return WriteChannel(HubRecordKind.ListEntry, channel.Name, channel.Epoch, (channel.Feed.Visible, lastEvicted, channel.LastLostSequence), into);
    }

    internal static int WriteListEnd(Span<byte> into) => WriteChannel(HubRecordKind.ListEnd, default, default, (0, 0, 0), into);

    static int WriteChannel(HubRecordKind kind, ChannelName name, Epoch epoch, (long Last, long LastEvicted, long LastLost) numbers, Span<byte> into)
    {
        RecordWriter writer = new(into);
        writer.Byte((byte)kind);
        writer.Epoch(epoch);
        writer.Long(numbers.Last);
        writer.Long(numbers.LastEvicted);
        writer.Long(numbers.LastLost);
        writer.Text(name.Text);
        return writer.Length;
    }

    /// <summary>Reads a record; of kind None when it is none that a hub writes.</summary>
    internal static HubRecordFields Read(ReadOnlySpan<byte> record)
    {
        RecordReader reader = new(record);
        var kind = (HubRecordKind)reader.Byte();
        HubRecordFields fields = kind switch
        {
            HubRecordKind.None or > HubRecordKind.Renewal => default,
            HubRecordKind.Message => ReadMessage(ref reader),
            _ => ReadChannel(kind, ref reader),
        };
        return reader.IsSound ? fields : default;
    }

    static HubRecordFields ReadMessage(scoped ref RecordReader reader)
    {
        HubRecordFields fields = new()
        {
            Kind = HubRecordKind.Message,
            Sequence = reader.Long(),
            Epoch = reader.Epoch(),
            Offset = reader.Long(),
            UnixMs = reader.Long(),
            TtlMs = reader.Long(),
            Subscribers = reader.Int(),
        };
        byte flags = reader.Byte();
        fields.IsText = (flags & TextFlag) != 0;
        fields.Channel = reader.Channel();
        if ((flags & EventFlag) != 0) fields.Event = reader.Text();
        if ((flags & KeyFlag) != 0) fields.Key = reader.Text();
        fields.Data = reader.Rest();
        return fields is { Sequence: > 0, Offset: > 0 } ? fields : default;
    }

    static HubRecordFields ReadChannel(HubRecordKind kind, scoped ref RecordReader reader)
    {
        HubRecordFields fields = new()
        {
            Kind = kind,
            Epoch = reader.Epoch(),
            Offset = reader.Long(),
            LastEvicted = reader.Long(),
            LastLost = reader.Long(),
            Channel = reader.Channel(),
        };
        fields.Sequence = fields.Offset;
        return reader.Rest().IsEmpty ? fields : default;
    }
}
