using System.Text;

namespace Conformance.Hops;

/// <summary>
/// What stands at each offset of each channel, by the word of whoever said it first: a writer's acknowledgement or any client.
/// All others have to say the same, so two who saw different messages at one place are found out, whichever came first. Any thread.
/// </summary>
sealed class Ledger
{
    /// <summary>The writer of the last message of each channel.</summary>
    public const int Closing = HopSettings.Writers;

    readonly long[][] said = new long[HopSettings.Channels][];
    readonly string?[] epochs = new string?[HopSettings.Channels];

    public Ledger(int messages)
    {
        for (int i = 0; i < said.Length; i++) said[i] = new long[messages / HopSettings.Channels + HopSettings.Writers + 2];
    }

    public static string NameOf(int channel) => $"hop-{channel}";

    /// <summary>The text of a message. Its length follows from its number, and now and then it is long, so that a piece is never taken for the whole.</summary>
    public static string TextOf(int writer, int number) => $"{writer} {number} {new string('x', PadOf(writer, number))}";

    /// <summary>Whose message a text is, once it is whole; null when it is none of ours.</summary>
    public static (int Writer, int Number)? Read(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOf((byte)' ');
        if (first < 0 || !int.TryParse(text[..first], out int writer)) return null;
        text = text[(first + 1)..];
        int second = text.IndexOf((byte)' ');
        if (second < 0 || !int.TryParse(text[..second], out int number)) return null;
        text = text[(second + 1)..];
        return text.Length == PadOf(writer, number) && !text.ContainsAnyExcept((byte)'x') ? (writer, number) : null;
    }

    /// <summary>Whether this life of the channel is the one all know.</summary>
    public string EpochOf(int channel, ReadOnlySpan<byte> said)
    {
        if (epochs[channel] is { } known && Ascii.Equals(said, known)) return known;
        return Interlocked.CompareExchange(ref epochs[channel], Encoding.ASCII.GetString(said), null) ?? epochs[channel]!;
    }

    /// <summary>Notes what stands at a place. Null when all agree, else what another said.</summary>
    public string? Disagreement(int channel, long offset, int writer, int number)
    {
        if (offset < 1 || offset >= said[channel].Length) return "no such place";
        long mine = (long)(writer + 1) << 32 | (uint)number;
        long others = Interlocked.CompareExchange(ref said[channel][offset], mine, 0);
        return others == 0 || others == mine ? null : $"writer {(others >> 32) - 1}, number {(uint)others}";
    }

    /// <summary>
    /// The whole channel, once it is closed at <paramref name="last"/>: something at each place, the numbers of each writer growing,
    /// so that none is there twice. Gives back how many messages of writers it holds.
    /// </summary>
    public int Count(int channel, long last)
    {
        int[] latest = new int[HopSettings.Writers + 1];
        for (long offset = 1; offset <= last; offset++)
        {
            long here = said[channel][offset];
            Assert.True(here != 0, $"channel {channel}: nobody saw what stands at {offset}");
            (int writer, int number) = ((int)(here >> 32) - 1, (int)here);
            Assert.True(number > latest[writer], $"channel {channel}, offset {offset}: writer {writer}'s number {number} comes after its {latest[writer]}");
            latest[writer] = number;
            Assert.True(writer != Closing || offset == last, $"channel {channel}: goes on behind its end at {offset}");
        }
        return (int)last - 1;
    }

    static int PadOf(int writer, int number) => number % 500 == 499 ? 5000 : (writer * 31 + number * 7) % 100;
}
