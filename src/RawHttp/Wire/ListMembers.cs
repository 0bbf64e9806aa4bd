namespace RawHttp.Wire;

/// <summary>
/// Walks the members of a comma-separated list over all field lines of one name. RFC 9110 §5.6.1: <c>#element</c>.
/// A comma within a quoted string (§5.6.4) does not separate. Empty members are left out unless asked for.
/// </summary>
public ref struct ListMembers
{
    readonly FieldLines fields;
    readonly ReadOnlySpan<byte> name;
    readonly bool withEmpty;
    int nextLine;
    ReadOnlySpan<byte> rest;
    bool hasRest;

    internal ListMembers(FieldLines fields, ReadOnlySpan<byte> name, bool withEmpty = false)
    {
        this.fields = fields;
        this.name = name;
        this.withEmpty = withEmpty;
    }

    /// <summary>The present member, without the white space around it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Lets <c>foreach</c> walk the members.</summary>
    public readonly ListMembers GetEnumerator() => this;

    /// <summary>Goes to the next member; false when there is none.</summary>
    public bool MoveNext()
    {
        do
        {
            if (!hasRest && !fields.NextValue(name, ref nextLine, out rest)) return false;
            int length = LengthOfFirst(rest);
            Current = HttpGrammar.WithoutOws(rest[..length]).Of(rest);
            hasRest = length < rest.Length;
            rest = hasRest ? rest[(length + 1)..] : default;
        }
        while (Current.IsEmpty && !withEmpty);
        return true;
    }

    static int LengthOfFirst(ReadOnlySpan<byte> list)
    {
        bool quoted = false;
        for (int i = 0; i < list.Length; i++)
        {
            if (list[i] == '"') quoted = !quoted;
            else if (quoted && list[i] == '\\') i++;
            else if (!quoted && list[i] == ',') return i;
        }
        return list.Length;
    }
}
