namespace RawHttp.Wire;

/// <summary>
/// Walks the tags of If-Match or If-None-Match over all lines of the field. RFC 9110 §13.1.1: <c>"*" / #entity-tag</c>.
/// A comma inside a tag does not separate, and a backslash escapes nothing (§8.8.3), so <see cref="ListMembers"/> does not fit here.
/// What is no tag is passed over up to the next comma: it can match nothing.
/// </summary>
public ref struct EntityTagList
{
    readonly FieldLines fields;
    readonly ReadOnlySpan<byte> name;
    int nextLine;
    ReadOnlySpan<byte> rest;

    /// <summary>Begins before the first tag.</summary>
    /// <param name="fields">The fields of a request.</param>
    /// <param name="name">The field's name, in any case. It must outlive the enumeration.</param>
    public EntityTagList(FieldLines fields, ReadOnlySpan<byte> name)
    {
        ArgumentNullException.ThrowIfNull(fields);
        this.fields = fields;
        this.name = name;
    }

    /// <summary>The present tag.</summary>
    public EntityTag Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the tags.</summary>
    public readonly EntityTagList GetEnumerator() => this;

    /// <summary>Goes to the next tag; false when there is none.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            int start = rest.IndexOfAnyExcept(" \t,"u8);
            rest = start < 0 ? default : rest[start..];
            if (rest.IsEmpty && !fields.NextValue(name, ref nextLine, out rest)) return false;
            if (!rest.IsEmpty && TryTake()) return true;
        }
    }

    // A tag ends at a comma or with the line: what stands right behind it spoils it.
    bool TryTake()
    {
        int length = EntityTag.LengthOfFirst(rest);
        ReadOnlySpan<byte> tag = rest[..length];
        rest = rest[length..];
        int comma = rest.IndexOf((byte)',');
        ReadOnlySpan<byte> behind = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? default : rest[(comma + 1)..];
        if (length == 0 || HttpGrammar.WithoutOws(behind).Length > 0 || !EntityTag.TryRead(tag, out EntityTag read)) return false;
        Current = read;
        return true;
    }
}
