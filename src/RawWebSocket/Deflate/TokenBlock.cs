using System.Runtime.InteropServices;

namespace RawWebSocket.Deflate;

/// <summary>The tokens of one block, and how often each symbol occurs among them, counted on the way: RFC 1951 §3.2.5.</summary>
/// <param name="room">Room for counts and tokens; see <see cref="RoomFor"/>.</param>
ref struct TokenBlock(Span<uint> room)
{
    /// <summary>Most tokens of a block: with their counts they take 64 KiB.</summary>
    internal const int MaxTokens = (16 << 10) - CountsNeeded;

    const int CountsNeeded = DeflateFormat.LiteralCodes + DeflateFormat.DistanceCodes;

    readonly Span<Token> tokens = MemoryMarshal.Cast<uint, Token>(room[CountsNeeded..]);

    /// <summary>How often each literal, the end of the block and each length code occurs.</summary>
    internal readonly Span<int> Literals { get; } = MemoryMarshal.Cast<uint, int>(room)[..DeflateFormat.LiteralCodes];

    /// <summary>How often each distance code occurs.</summary>
    internal readonly Span<int> Distances { get; } = MemoryMarshal.Cast<uint, int>(room).Slice(DeflateFormat.LiteralCodes, DeflateFormat.DistanceCodes);

    /// <summary>How much room a block for so many bytes of content wants.</summary>
    internal static int RoomFor(int length) => CountsNeeded + Math.Min(length, MaxTokens);

    /// <summary>How many tokens there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Whether there is no room for another.</summary>
    internal readonly bool IsFull => Count == tokens.Length;

    /// <summary>The tokens.</summary>
    internal readonly ReadOnlySpan<Token> Tokens => tokens[..Count];

    /// <summary>Begins anew.</summary>
    internal void Clear()
    {
        Count = 0;
        Literals.Clear();
        Distances.Clear();
        Literals[DeflateFormat.EndOfBlock] = 1;
    }

    /// <summary>Adds a byte.</summary>
    internal void Add(byte literal)
    {
        tokens[Count++] = Token.Literal(literal);
        Literals[literal]++;
    }

    /// <summary>Adds a match.</summary>
    internal void Add(int length, int distance)
    {
        Token token = Token.Match(length, distance);
        tokens[Count++] = token;
        Literals[DeflateFormat.FirstLength + token.LengthCode]++;
        Distances[token.DistanceCode]++;
    }
}
