using System.Buffers.Binary;

namespace RawHttp.Fuzz;

/// <summary>
/// A reader that is shown what has arrived so far. Each input is played three times: whole, cut in two at a place that follows from the
/// input, and byte by byte. All three must tell the same. Before and behind what has arrived lie poison bytes, others each time, and
/// spent bytes become poison too: a reader that looks past its input or keeps a reference to it tells something else.
/// </summary>
public abstract class StreamTarget : Target
{
    const int Margin = 16;

    readonly EventLog whole = new(), cut = new();
    byte[] block = [];

    /// <summary>Most bytes that a reader may leave unread while it waits for more: what a peer can make us hold.</summary>
    protected abstract int MaxUnread { get; }

    /// <summary>Begins anew.</summary>
    protected abstract void Begin();

    /// <summary>Shows the reader all unread bytes.</summary>
    /// <param name="unread">At least one byte. Valid for this call only.</param>
    /// <param name="log">Where to write what it said.</param>
    /// <returns>How many bytes it spent; 0 when it wants more, or none at all.</returns>
    protected abstract int Turn(ReadOnlySpan<byte> unread, EventLog log);

    /// <summary>Whether the reader has refused its input.</summary>
    protected abstract bool IsRefused { get; }

    /// <summary>Whether the reader has all it wants, so that what follows is not its own.</summary>
    protected virtual bool IsComplete => false;

    /// <summary>No more will come.</summary>
    /// <param name="log">Where to write what is left to say.</param>
    protected abstract void Finish(EventLog log);

    /// <summary>What must hold beyond one reading, when all readings told the same.</summary>
    /// <param name="input">The input.</param>
    protected virtual void Check(ReadOnlySpan<byte> input)
    {
    }

    /// <inheritdoc/>
    public sealed override void Run(ReadOnlySpan<byte> input)
    {
        int place = input.Length < 2 ? input.Length : 1 + (int)(Hash(input) % (uint)(input.Length - 1));
        Play(input, place, input.Length, (byte)'\n', cut);
        Play(input, 1, 1, (byte)'0', whole);
        Same(whole, "byte by byte", cut, place);
        Play(input, input.Length, input.Length, 0xA5, whole);
        Same(whole, "whole", cut, place);
        Check(input);
    }

    void Play(ReadOnlySpan<byte> input, int first, int then, byte poison, EventLog log)
    {
        if (block.Length < input.Length + 2 * Margin) block = new byte[2 * input.Length + 2 * Margin];
        Span<byte> played = block.AsSpan(0, input.Length + 2 * Margin);
        played.Fill(poison);
        log.Clear();
        Begin();
        int spent = 0;
        for (int arrived = 0; arrived < input.Length;)
        {
            int more = Math.Min(arrived == 0 ? first : then, input.Length - arrived);
            input.Slice(arrived, more).CopyTo(played[(Margin + arrived)..]);
            arrived += more;
            spent += Show(played, spent, arrived, poison, log);
        }
        Finish(log);
        if (!IsRefused) log.Event('s', spent); // how much of a line was spent before it was refused is nobody's business
        if (!IsRefused && !IsComplete && input.Length - spent > MaxUnread) throw new FuzzFailureException($"{input.Length - spent} bytes are unread, and {MaxUnread} should be the most: {log}");
        if (played[..(Margin + spent)].ContainsAnyExcept(poison) || played[^Margin..].ContainsAnyExcept(poison)) throw new FuzzFailureException($"bytes around the input were changed: {log}");
    }

    int Show(Span<byte> played, int spentBefore, int arrived, byte poison, EventLog log)
    {
        int spent = spentBefore;
        while (spent < arrived)
        {
            Span<byte> unread = played.Slice(Margin + spent, arrived - spent);
            int used = Turn(unread, log);
            if (used == 0) break;
            if (used < 0 || used > unread.Length) throw new FuzzFailureException($"{used} of {unread.Length} bytes were spent: {log}");
            unread[..used].Fill(poison);
            spent += used;
        }
        return spent - spentBefore;
    }

    static void Same(EventLog one, string how, EventLog cut, int place)
    {
        if (!one.Written.SequenceEqual(cut.Written)) throw new FuzzFailureException($"{how}: {one}\ncut at {place}: {cut}");
    }

    /// <summary>A number that follows from the input alone.</summary>
    internal static uint Hash(ReadOnlySpan<byte> input)
    {
        ulong hash = (ulong)input.Length + 0x9E3779B97F4A7C15;
        for (; input.Length >= 8; input = input[8..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(input));
        foreach (byte one in input) hash = Mix(hash ^ one);
        return (uint)(hash >> 32);
    }

    static ulong Mix(ulong value)
    {
        value *= 0xBF58476D1CE4E5B9;
        return value ^ (value >> 29);
    }
}
