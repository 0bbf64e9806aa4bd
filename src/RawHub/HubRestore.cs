namespace RawHub;

/// <summary>
/// Makes a hub again from the records it wrote, before anybody uses it: first <see cref="Read"/> each record in order, then, if
/// the last ones may be missing, <see cref="RenewEpochs"/>. docs/journal.md.
/// </summary>
/// <param name="hub">A hub that nothing was done with yet.</param>
/// <param name="nowUnixMs">The time: milliseconds since 1970, UTC. A message grows old also while nothing runs.</param>
public sealed class HubRestore(Hub hub, long nowUnixMs)
{
    readonly Dictionary<ChannelName, Entry> listed = [];
    long lastLostOfList;
    bool isInList;

    readonly record struct Entry(Epoch Epoch, long Last, long LastEvicted, long LastLost);

    /// <summary>Takes one record in.</summary>
    /// <param name="record">As it was given to <see cref="IHubStore.Append"/>.</param>
    /// <param name="mark">Where the store has it.</param>
    /// <returns>False when it is no record of a hub.</returns>
    public bool Read(ReadOnlySpan<byte> record, long mark)
    {
        HubRecordFields fields = HubRecord.Read(record);
        switch (fields.Kind)
        {
            case HubRecordKind.None: return false;
            case HubRecordKind.Message: Add(fields, mark); break;
            case HubRecordKind.Deletion: Delete(fields); break;
            case HubRecordKind.ListBegin: BeginList(fields); break;
            case HubRecordKind.ListEntry when isInList: listed[fields.Channel] = new(fields.Epoch, fields.Offset, fields.LastEvicted, fields.LastLost); break;
            case HubRecordKind.ListEntry: Channel(fields.Channel, fields.Epoch); break;
            case HubRecordKind.ListEnd: EndList(); break;
            case HubRecordKind.Renewal: hub.Present(fields.Channel)?.Renew(fields.Epoch); break;
        }
        return true;
    }

    void Add(in HubRecordFields fields, long mark)
    {
        Channel channel = Channel(fields.Channel, fields.Epoch);
        Publication what = new(fields.Channel, fields.IsText, fields.Event, fields.UnixMs, fields.TtlMs, fields.Key);
        long age = Math.Max(0, nowUnixMs - fields.UnixMs);
        PublishedMessage message = hub.Message(what, fields.Data, age);
        MessageId id = new(fields.Epoch, fields.Offset);
        message.Place(fields.Channel, id);
        (message.Sequence, message.Mark) = (fields.Sequence, mark);
        hub.Timeline.Restore(fields.Sequence);
        channel.Restore(message);
        if (fields.Key is not null) hub.Keys.Restore(fields.Channel, fields.Key, new(id, fields.Subscribers), age);
    }

    void Delete(in HubRecordFields fields)
    {
        if (hub.Present(fields.Channel) is { } channel && channel.Epoch == fields.Epoch) End(channel);
    }

    void BeginList(in HubRecordFields fields)
    {
        listed.Clear();
        isInList = true;
        lastLostOfList = fields.LastLost;
        hub.Epoch = fields.Epoch;
        hub.Timeline.Restore(fields.Sequence);
    }

    // Only a whole list counts: one that a crash cut short says nothing of those it does not name.
    void EndList()
    {
        isInList = false;
        hub.Departed.Begin(lastLostOfList);
        foreach (Channel channel in hub.Channels)
            if (!listed.ContainsKey(channel.Name)) End(channel);
        foreach ((ChannelName name, Entry entry) in listed) Channel(name, entry.Epoch).RestoreBounds(entry.Last, entry.LastEvicted, entry.LastLost);
        listed.Clear();
    }

    Channel Channel(ChannelName name, Epoch epoch)
    {
        if (hub.Present(name) is { } present)
        {
            if (present.Epoch == epoch) return present;
            End(present);
        }
        Channel made = new(hub, name, epoch) { IsWritten = true };
        hub.Put(made);
        return made;
    }

    void End(Channel channel)
    {
        hub.Forget(channel);
        channel.Delete(out _, isWritten: true);
    }

    /// <summary>
    /// Gives everything another epoch, since messages that the store no longer has may have been delivered and their offsets would be
    /// given twice: so every cursor from before is told that something may be missing.
    /// </summary>
    /// <param name="append">Gets the records that say so.</param>
    public void RenewEpochs(HubRecordSink append)
    {
        hub.Epoch = hub.Options.DrawHubEpoch();
        Span<byte> record = stackalloc byte[HubRecord.MaxChannelLength];
        foreach (Channel channel in hub.Channels)
        {
            channel.Renew(hub.Options.DrawEpoch());
            append(record[..HubRecord.WriteRenewal(channel, record)]);
        }
        WriteList(hub, append);
    }

    /// <summary>Writes down all channels of a hub: what a new file of a store begins with, so that older ones can go.</summary>
    /// <param name="hub">The hub; it may be in use.</param>
    /// <param name="append">Gets the records.</param>
    public static void WriteList(Hub hub, HubRecordSink append)
    {
        Span<byte> record = stackalloc byte[HubRecord.MaxChannelLength];
        List<Channel> all = new(hub.Channels); // before it is asked what channels that are gone have lost: so each is in the one or the other
        append(record[..HubRecord.WriteListBegin(hub.Epoch, hub.Timeline.Visible, hub.Departed.LastLost, record)]);
        foreach (Channel channel in all) append(record[..channel.WriteListEntry(record)]);
        append(record[..HubRecord.WriteListEnd(record)]);
    }
}

/// <summary>Takes one record of a hub.</summary>
public delegate void HubRecordSink(ReadOnlySpan<byte> record);
