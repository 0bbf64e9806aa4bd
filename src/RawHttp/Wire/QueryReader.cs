namespace RawHttp.Wire;

/// <summary>
/// Walks the name-value pairs of a query, as WHATWG URL "application/x-www-form-urlencoded parsing" does: pairs are separated by
/// <c>&amp;</c>, name and value by the first <c>=</c>, empty pairs are left out. Nothing is decoded until asked for.
/// </summary>
/// <param name="query">The query as it was sent, without the question mark.</param>
public ref struct QueryReader(ReadOnlySpan<byte> query)
{
    ReadOnlySpan<byte> rest = query;

    /// <summary>The present name as it was sent.</summary>
    public ReadOnlySpan<byte> RawName { get; private set; }

    /// <summary>The present value as it was sent; empty when there is no equals sign.</summary>
    public ReadOnlySpan<byte> RawValue { get; private set; }

    /// <summary>Goes to the next pair; false when there is none.</summary>
    public bool MoveNext()
    {
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (pair.IsEmpty) continue;
            int equals = pair.IndexOf((byte)'=');
            RawName = equals < 0 ? pair : pair[..equals];
            RawValue = equals < 0 ? default : pair[(equals + 1)..];
            return true;
        }
        return false;
    }

    /// <summary>Whether the present name, decoded, is this one.</summary>
    /// <param name="name">The name to compare with, exactly.</param>
    public readonly bool NameIs(ReadOnlySpan<byte> name)
    {
        if (RawName.SequenceEqual(name)) return !RawName.ContainsAny((byte)'%', (byte)'+');
        if (RawName.Length > 3 * name.Length || !RawName.ContainsAny((byte)'%', (byte)'+')) return false;
        Span<byte> decoded = stackalloc byte[128];
        return RawName.Length <= decoded.Length
            && PercentDecoder.Decode(RawName, plusIsSpace: true, decoded, out int length) == HttpFault.None
            && decoded[..length].SequenceEqual(name);
    }

    /// <summary>Decodes the present value: percent-encoding once, and plus signs, which are spaces.</summary>
    /// <param name="into">Room for the value, at least as long as <see cref="RawValue"/>.</param>
    /// <param name="length">Length of the decoded value in bytes.</param>
    /// <returns>None, or <see cref="HttpFault.BadEscape"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="into"/> is too short.</exception>
    public readonly HttpFault DecodeValue(Span<byte> into, out int length) => PercentDecoder.Decode(RawValue, plusIsSpace: true, into, out length);
}
