namespace RawHttp.Wire;

/// <summary>
/// Walks the cookies of a request, over all lines of the Cookie field, in the order they were sent: RFC 6265bis §4.2 as a server meets it,
/// pairs being told apart as §5.6 does. Nothing is refused: a client that sends nonsense gets nothing for it but its own nonsense.
/// Control characters never come this far (RFC 9110 §5.5).
/// <list type="number">
/// <item>Pairs are separated by <c>;</c>, also inside of quotes: a quote means nothing here, and stays where it is.</item>
/// <item>Name and value are separated by the first <c>=</c>; white space around both goes.</item>
/// <item>Without <c>=</c> it is the value of a cookie that has no name.</item>
/// <item>A pair that has neither name nor value is left out.</item>
/// </list>
/// The same name may come again, from another path or domain: which is meant, nothing says (§4.2.2).
/// </summary>
public ref struct CookieReader
{
    readonly FieldLines fields;
    int nextLine;
    ReadOnlySpan<byte> rest;

    /// <summary>Begins before the first cookie.</summary>
    /// <param name="fields">The fields of a request.</param>
    public CookieReader(FieldLines fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        this.fields = fields;
    }

    /// <summary>The present cookie's name, as sent; empty when it has none. Its case counts.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The present cookie's value, as sent, with its quotes if it has any.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next cookie; false when there is none.</summary>
    public bool MoveNext()
    {
        do
        {
            while (rest.IsEmpty)
                if (!fields.NextValue("cookie"u8, ref nextLine, out rest)) return false;
            int semicolon = rest.IndexOf((byte)';');
            Split(semicolon < 0 ? rest : rest[..semicolon]);
            rest = semicolon < 0 ? default : rest[(semicolon + 1)..];
        }
        while (Name.IsEmpty && Value.IsEmpty);
        return true;
    }

    /// <summary>Finds the first cookie of a name behind the present one.</summary>
    /// <param name="name">The name, with its case.</param>
    /// <returns>False when there is none.</returns>
    public bool MoveTo(ReadOnlySpan<byte> name)
    {
        while (MoveNext())
            if (Name.SequenceEqual(name)) return true;
        return false;
    }

    void Split(ReadOnlySpan<byte> pair)
    {
        int equals = pair.IndexOf((byte)'=');
        ReadOnlySpan<byte> name = equals < 0 ? default : pair[..equals];
        ReadOnlySpan<byte> value = pair[(equals + 1)..];
        Name = HttpGrammar.WithoutOws(name).Of(name);
        Value = HttpGrammar.WithoutOws(value).Of(value);
    }
}
