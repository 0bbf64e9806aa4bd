using System.Buffers;

namespace RawHttp.Wire;

/// <summary>Names one representation of a resource. RFC 9110 §8.8.3: <c>entity-tag = [ weak ] opaque-tag</c></summary>
public readonly ref struct EntityTag
{
    // RFC 9110 §8.8.3: opaque-tag = DQUOTE *etagc DQUOTE, etagc = %x21 / %x23-7E / obs-text. A backslash is a character like others.
    static readonly SearchValues<byte> OpaqueCharacters = SearchValues.Create(AllOpaque());

    EntityTag(bool isWeak, ReadOnlySpan<byte> opaque)
    {
        IsWeak = isWeak;
        Opaque = opaque;
    }

    /// <summary>No tag, equal to nothing: of a representation that has none.</summary>
    public static EntityTag None => default;

    /// <summary>Whether two representations with this tag may differ in ways that do not matter. RFC 9110 §8.8.1.</summary>
    public bool IsWeak { get; }

    /// <summary>The tag with its quotes; empty for <see cref="None"/>.</summary>
    public ReadOnlySpan<byte> Opaque { get; }

    /// <summary>Reads one tag.</summary>
    /// <param name="text">The tag and nothing else. It must outlive <paramref name="tag"/>.</param>
    /// <param name="tag">The tag; <see cref="None"/> when the answer is false.</param>
    /// <returns>False when it is none: without quotes, with a lower-case <c>w/</c>, with a space or a quote inside.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out EntityTag tag)
    {
        tag = None;
        int length = LengthOfFirst(text);
        if (length == 0 || length != text.Length) return false;
        bool isWeak = text[0] == 'W';
        tag = new(isWeak, isWeak ? text[2..] : text);
        return true;
    }

    /// <summary>RFC 9110 §8.8.3.2, strong comparison: the same tag, and neither is weak.</summary>
    /// <param name="other">The other.</param>
    public bool EqualsStrongly(EntityTag other) => !IsWeak && !other.IsWeak && EqualsWeakly(other);

    /// <summary>RFC 9110 §8.8.3.2, weak comparison: the same tag, weak or not.</summary>
    /// <param name="other">The other.</param>
    public bool EqualsWeakly(EntityTag other) => !Opaque.IsEmpty && Opaque.SequenceEqual(other.Opaque);

    /// <summary>How many bytes the tag at the beginning of <paramref name="text"/> takes; 0 when there is none.</summary>
    internal static int LengthOfFirst(ReadOnlySpan<byte> text)
    {
        int quote = text.StartsWith("W/"u8) ? 2 : 0; // %s"W/": with its case
        if (text.Length <= quote || text[quote] != '"') return 0;
        int length = text[(quote + 1)..].IndexOfAnyExcept(OpaqueCharacters);
        int end = quote + 1 + length;
        return length >= 0 && text[end] == '"' ? end + 1 : 0;
    }

    static byte[] AllOpaque()
    {
        byte[] all = new byte[1 + (0x7E - 0x23 + 1) + 0x80];
        int count = 0;
        all[count++] = 0x21;
        for (int b = 0x23; b <= byte.MaxValue; b++)
            if (b != 0x7F) all[count++] = (byte)b;
        return all;
    }
}
