using System.Buffers;
using System.Security.Cryptography;

namespace RawHub;

/// <summary>Names one life of a channel: 8 characters of <c>0-9 a-z</c>, drawn anew when its history begins again.</summary>
/// <remarks>An offset means something only together with the epoch it was given in.</remarks>
public readonly record struct Epoch
{
    /// <summary>Characters of every epoch.</summary>
    public const int Length = 8;

    const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    // The characters, the first one highest.
    readonly ulong packed;

    Epoch(ulong packed) => this.packed = packed;

    /// <summary>Draws one of 36^8 epochs; two draws practically never agree.</summary>
    public static Epoch Draw()
    {
        Span<char> drawn = stackalloc char[Length];
        RandomNumberGenerator.GetItems(Alphabet, drawn);
        return new(Pack(drawn));
    }

    /// <summary>Takes exactly <paramref name="text"/> as an epoch; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Epoch epoch)
    {
        epoch = default;
        if (text.Length != Length || text.ContainsAnyExcept(Characters)) return false;
        epoch = new(Pack(text));
        return true;
    }

    static ulong Pack(ReadOnlySpan<char> text)
    {
        ulong packed = 0;
        foreach (char c in text) packed = packed << 8 | c;
        return packed;
    }

    /// <summary>Writes the 8 characters as bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="into"/> holds fewer than 8 bytes.</exception>
    public void Format(Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(into.Length, Length);
        for (int i = 0; i < Length; i++) into[i] = (byte)(packed >> (Length - 1 - i) * 8);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(Length, packed, static (text, packed) =>
    {
        for (int i = 0; i < Length; i++) text[i] = (char)(packed >> (Length - 1 - i) * 8 & 0xFF);
    });
}
