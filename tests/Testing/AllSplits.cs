using System.Diagnostics.CodeAnalysis;

namespace Testing;

/// <summary>One turn of a reader: it is shown all unread bytes and says how many it spent; 0 asks for more.</summary>
/// <param name="unread">Bytes that arrived and were not yet spent. Valid for this call only.</param>
/// <param name="isEnd">True when no further byte will come.</param>
public delegate int ReadTurn(ReadOnlySpan<byte> unread, bool isEnd);

/// <summary>
/// Runs one input through a reader in every way a network may cut it: whole, byte by byte, and at every place in two.
/// The bytes shown lie between poison bytes, in a block that is overwritten after each turn, so a reader that
/// looks past its input or keeps a reference to it gives another result and is found out.
/// </summary>
public static class AllSplits
{
    const byte Poison = 0xA5;

    /// <summary>Runs <paramref name="input"/> through a fresh reader per cut and asserts that every cut gives the same outcome.</summary>
    /// <param name="input">The bytes of the vector.</param>
    /// <param name="start">Makes a reader and the text that tells what it saw so far.</param>
    /// <returns>The outcome, the same at every cut.</returns>
    /// <exception cref="SplitDifferenceException">Two cuts gave different outcomes; the message names the cut.</exception>
    public static string Outcome(ReadOnlySpan<byte> input, Func<(ReadTurn Turn, Func<string> Outcome)> start)
    {
        string whole = Run(input, [input.Length], start);
        Check(Run(input, EachByte(input.Length), start), whole, "byte by byte", input);
        for (int cut = 1; cut < input.Length; cut++)
            Check(Run(input, [cut, input.Length - cut], start), whole, $"cut at {cut}", input);
        return whole;
    }

    static void Check(string outcome, string whole, string how, ReadOnlySpan<byte> input)
    {
        if (outcome != whole)
            throw new SplitDifferenceException($"{how}: {outcome}\nwhole: {whole}\ninput: {Convert.ToHexString(input)}");
    }

    static int[] EachByte(int length)
    {
        int[] sizes = new int[length];
        Array.Fill(sizes, 1);
        return sizes;
    }

    static string Run(ReadOnlySpan<byte> input, ReadOnlySpan<int> sizes, Func<(ReadTurn, Func<string>)> start)
    {
        (ReadTurn turn, Func<string> outcome) = start();
        int spent = 0, arrived = 0;
        foreach (int size in sizes)
        {
            arrived += size;
            spent += Feed(input[spent..arrived], arrived == input.Length, turn);
        }
        return outcome();
    }

    static int Feed(ReadOnlySpan<byte> unread, bool isEnd, ReadTurn turn)
    {
        int spent = 0;
        while (true)
        {
            byte[] block = new byte[unread.Length - spent + 16];
            block.AsSpan().Fill(Poison);
            unread[spent..].CopyTo(block.AsSpan(8));
            int used = turn(block.AsSpan(8, unread.Length - spent), isEnd);
            block.AsSpan().Fill(Poison);
            if (used < 0 || used > unread.Length - spent)
                throw new SplitDifferenceException($"the reader spent {used} of {unread.Length - spent} bytes");
            if (used == 0) return spent;
            spent += used;
            if (spent == unread.Length) return spent;
        }
    }
}

/// <summary>A reader gave different outcomes for different cuts of the same bytes.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made in one place only.")]
public sealed class SplitDifferenceException(string message) : Exception(message);
