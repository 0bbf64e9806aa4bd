using System.Text;
using System.Text.Json;

namespace Conformance.Hops;

/// <summary>
/// What one client has seen of its channels, and what it must see next. It judges every position and every message, knows of no
/// transport, and reads cursors, which clients otherwise must not. One client.
/// </summary>
sealed class Reader(HopSettings settings, Ledger ledger, int client, int[] channels)
{
    readonly byte[][] names = [.. channels.Select(channel => Encoding.ASCII.GetBytes(Ledger.NameOf(channel)))];
    readonly string?[] epochs = new string?[channels.Length];
    readonly long[] next = new long[channels.Length];
    readonly bool[] closed = new bool[channels.Length];
    byte[] cursor = new byte[256];
    int cursorLength;

    /// <summary>Where it would go on; null before it was told.</summary>
    public string? Cursor => cursorLength == 0 ? null : Encoding.ASCII.GetString(cursor, 0, cursorLength);

    /// <summary>The last message of each channel is there.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The transport of the present visit, for the report.</summary>
    public string Transport { get; set; } = "";

    /// <summary>Gaps that were told.</summary>
    public int Gaps { get; private set; }

    /// <summary>Messages seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Its channels as the query names them.</summary>
    public string Query { get; } = string.Join('&', channels.Select(channel => $"channel={Ledger.NameOf(channel)}"));

    public int ChannelCount => channels.Length;

    /// <summary>Where it stands, for the report of a run that came to no end.</summary>
    public override string ToString() =>
        $"client {client} by {Transport}: " + string.Join(", ", channels.Select((channel, i) => $"{Ledger.NameOf(channel)} at {next[i]}{(closed[i] ? " (closed)" : "")}"));

    /// <summary>The answer that a subscription begins with.</summary>
    public void OnPosition(JsonElement position)
    {
        byte[] from = Encoding.ASCII.GetBytes(position.GetProperty("from"u8).GetString()!);
        bool recovered = position.GetProperty("recovered"u8).GetBoolean();
        HashSet<string> lost = recovered ? [] : LostOf(position);
        if (recovered && (position.TryGetProperty("reason"u8, out _) || position.TryGetProperty("lost"u8, out _))) throw Fault("a position that was recovered", "a loss", position.GetRawText());
        bool isFirst = cursorLength == 0;
        ForEachPlace(from, (i, epoch, offset) =>
        {
            epochs[i] ??= ledger.EpochOf(channels[i], epoch);
            if (!Ascii.Equals(epoch, epochs[i]!)) throw Fault(i, $"epoch {epochs[i]}", Told.TextOf(from));
            if (isFirst) next[i] = offset + 1;
            else if (lost.Contains(Ledger.NameOf(channels[i]))) OnLost(i, offset + 1);
            else if (offset + 1 != next[i]) throw Fault(i, $"to go on at {next[i]}, since no loss was told", position.GetRawText());
        });
        if (isFirst && !recovered) throw Fault("a first position without loss", "", position.GetRawText());
        Keep(from);
    }

    /// <summary>A message as JSON, with its cursor or without one.</summary>
    public void OnMessage(ReadOnlySpan<byte> json, ReadOnlySpan<byte> itsCursor)
    {
        Told told = Told.Read(json);
        int i = 0;
        while (i < names.Length && !told.Channel.SequenceEqual(names[i])) i++;
        if (i == names.Length) throw Fault("one of its channels", Told.TextOf(told.Channel), Told.TextOf(json));
        OnMessage(i, told.Id, told.Data);
        ReadOnlySpan<byte> after = told.Cursor.IsEmpty ? itsCursor : told.Cursor;
        if (!after.IsEmpty) OnCursor(after);
    }

    /// <summary>A message of which only text and cursor are told; its channel is the only one.</summary>
    public void OnPlain(ReadOnlySpan<byte> text, ReadOnlySpan<byte> id)
    {
        OnMessage(0, id, text);
        OnCursor(id);
    }

    /// <summary>A cursor that must stand for just what was seen.</summary>
    public void OnCursor(ReadOnlySpan<byte> told)
    {
        int i = 0;
        foreach (Range part in told.Split((byte)'.'))
        {
            if (i == channels.Length || !Told.TryReadPlace(told[part], out ReadOnlySpan<byte> epoch, out long offset)) throw Fault("a cursor of its channels", "", Told.TextOf(told));
            if (offset != next[i] - 1 || !Ascii.Equals(epoch, epochs[i]!)) throw Fault(i, $"a cursor at {epochs[i]}-{next[i] - 1}", Told.TextOf(told));
            i++;
        }
        if (i != channels.Length) throw Fault("a cursor of its channels", "", Told.TextOf(told));
        Keep(told);
    }

    /// <summary>What was expected was not what came.</summary>
    public Exception Fault(string expected, string got, string whole = "") =>
        new Xunit.Sdk.XunitException($"{settings.Replay}, client {client} by {Transport}: expected {expected}, got {got}\n{whole}\nat cursor {Cursor}");

    Exception Fault(int i, string expected, string got) => Fault($"{Ledger.NameOf(channels[i])}: {expected}", got);

    void OnMessage(int i, ReadOnlySpan<byte> id, ReadOnlySpan<byte> text)
    {
        if (!Told.TryReadPlace(id, out ReadOnlySpan<byte> epoch, out long offset) || !Ascii.Equals(epoch, epochs[i]!)) throw Fault(i, $"an id in epoch {epochs[i]}", Told.TextOf(id));
        if (offset != next[i]) throw Fault(i, $"message {next[i]}", $"message {offset}");
        if (closed[i]) throw Fault(i, "nothing behind the last message", Told.TextOf(text));
        if (Ledger.Read(text) is not var (writer, number)) throw Fault(i, $"a whole message at {offset}", Told.TextOf(text));
        if (ledger.Disagreement(channels[i], offset, writer, number) is { } other) throw Fault(i, $"{other} at {offset}, as another was told", $"writer {writer}, number {number}");
        next[i]++;
        Seen++;
        if (writer != Ledger.Closing) return;
        closed[i] = true;
        IsDone = Array.TrueForAll(closed, isClosed => isClosed);
    }

    // What is missing lies behind the last that was seen and before the first to come: never a repeat, and never nothing.
    void OnLost(int i, long first)
    {
        if (!settings.MayLose) throw Fault(i, $"to go on at {next[i]}, since all is kept", $"a loss up to {first}");
        if (first <= next[i]) throw Fault(i, $"a loss to begin behind {next[i]}", $"one that goes on at {first}");
        next[i] = first;
        Gaps++;
    }

    HashSet<string> LostOf(JsonElement position)
    {
        string reason = position.GetProperty("reason"u8).GetString()!;
        if (channels.Length == 1) return reason == "evicted" ? [Ledger.NameOf(channels[0])] : throw Fault("evicted", reason);
        HashSet<string> lost = [];
        foreach (JsonElement each in position.GetProperty("lost"u8).EnumerateArray())
        {
            if (each.GetProperty("reason"u8).GetString() is not "evicted") throw Fault("evicted", each.GetRawText());
            if (!lost.Add(each.GetProperty("channel"u8).GetString()!)) throw Fault("each channel once", each.GetRawText());
        }
        if (lost.Count == 0 || !lost.IsSubsetOf(channels.Select(Ledger.NameOf))) throw Fault("losses in its channels", position.GetRawText());
        return lost;
    }

    delegate void OnPlace(int index, ReadOnlySpan<byte> epoch, long offset);

    void ForEachPlace(byte[] whole, OnPlace onPlace)
    {
        int i = 0;
        foreach (Range part in whole.AsSpan().Split((byte)'.'))
        {
            if (i == channels.Length || !Told.TryReadPlace(whole.AsSpan()[part], out ReadOnlySpan<byte> epoch, out long offset)) throw Fault("a cursor of its channels", Told.TextOf(whole));
            onPlace(i++, epoch, offset);
        }
        if (i != channels.Length) throw Fault("a cursor of its channels", Told.TextOf(whole));
    }

    void Keep(ReadOnlySpan<byte> told)
    {
        told.CopyTo(cursor);
        cursorLength = told.Length;
    }
}
