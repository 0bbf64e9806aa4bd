using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace RawHttp.Wire;

/// <summary>
/// The field lines of one head, in the order of arrival, with the block of bytes they lie in. Names compare without case (RFC 9110 §5.1).
/// Reused from message to message: what it hands out is valid until the next head is read. Not thread-safe.
/// </summary>
public sealed class FieldLines
{
    const int KeptBytes = 4 << 10, KeptLines = 32, FirstBytes = 512, FirstLines = 16;

    byte[] block = [];
    int appended;
    (Piece Name, Piece Value)[] lines = [];
    ulong marks; // of the names that are here: most of those that are asked for are not, and one look at this tells so

    /// <summary>How many field lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>The name of a line, in the case it was sent in.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> NameAt(int index) => At(index).Name.Of(block);

    /// <summary>The value of a line, without the white space around it.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> ValueAt(int index) => At(index).Value.Of(block);

    /// <summary>Where that value lies in <see cref="Block"/>.</summary>
    internal Piece ValuePieceAt(int index) => At(index).Value;

    /// <summary>How many lines have this name.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public int CountOf(ReadOnlySpan<byte> name)
    {
        int count = 0;
        for (int i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1)) count++;
        return count;
    }

    /// <summary>Whether a field is there, at least once.</summary>
    /// <param name="name">The field's name, in any case.</param>
    public bool Contains(ReadOnlySpan<byte> name) => IndexOf(name, 0) >= 0;

    /// <summary>The value of a field that stands once. Of a field that is repeated there is no one value, and the answer is false.</summary>
    /// <param name="name">The field's name, in any case.</param>
    /// <param name="value">Its value; empty when the answer is false.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int index = IndexOf(name, 0);
        bool once = index >= 0 && IndexOf(name, index + 1) < 0;
        value = once ? ValueAt(index) : default;
        return once;
    }

    /// <summary>Whether a comma-separated list, over all lines of this name, has a member. RFC 9110 §5.6.1.</summary>
    /// <param name="name">The field's name, in any case.</param>
    /// <param name="token">The member, compared without case.</param>
    public bool ListContains(ReadOnlySpan<byte> name, ReadOnlySpan<byte> token)
    {
        if (!Contains(name)) return false;
        foreach (ReadOnlySpan<byte> member in Members(name))
            if (Ascii.EqualsIgnoreCase(member, token)) return true;
        return false;
    }

    /// <summary>The members of a comma-separated list, over all lines of this name; empty ones are left out. RFC 9110 §5.6.1.</summary>
    /// <param name="name">The field's name, in any case. It must outlive the enumeration.</param>
    public ListMembers Members(ReadOnlySpan<byte> name) => new(this, name);

    internal ReadOnlySpan<byte> Block => block;

    /// <summary>The first line of this name at or behind <paramref name="from"/>, or -1.</summary>
    internal int IndexOf(ReadOnlySpan<byte> name, int from) => (marks & MarkOf(name)) == 0 ? -1 : Search(name, from);

    // Length and first letter, without case: two names of one mark are rare, and cost a search.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong MarkOf(ReadOnlySpan<byte> name) => name.IsEmpty ? 0 : 1UL << (name.Length * 7 + (name[0] | 0x20));

    int Search(ReadOnlySpan<byte> name, int from)
    {
        for (int i = from; i < Count; i++)
            if (lines[i].Name.Length == name.Length && Ascii.EqualsIgnoreCase(lines[i].Name.Of(block), name)) return i;
        return -1;
    }

    /// <summary>Walks the values of one field, line by line, for whoever takes them apart.</summary>
    /// <param name="name">The field's name, in any case.</param>
    /// <param name="next">Where to look; 0 at first, and moved behind the line that is found, or behind all lines.</param>
    /// <param name="value">The line's value; empty when there is none.</param>
    /// <returns>False when there is no further line.</returns>
    internal bool NextValue(scoped ReadOnlySpan<byte> name, scoped ref int next, out ReadOnlySpan<byte> value)
    {
        int index = IndexOf(name, next);
        value = index < 0 ? default : ValueAt(index);
        next = index < 0 ? Count : index + 1;
        return index >= 0;
    }

    /// <summary>Forgets all lines; large blocks go, so that one large head is not paid for forever.</summary>
    internal void Clear()
    {
        (Count, appended, marks) = (0, 0, 0);
        if (block.Length > KeptBytes) ReleaseBlock();
        if (lines.Length > KeptLines) ReleaseLines();
    }

    /// <summary>Forgets all lines and gives its pooled blocks back: whoever waits for long holds none.</summary>
    internal void Release()
    {
        (Count, appended, marks) = (0, 0, 0);
        ReleaseBlock();
        ReleaseLines();
    }

    void ReleaseBlock()
    {
        if (block.Length > 0) ArrayPool<byte>.Shared.Return(block);
        block = [];
    }

    void ReleaseLines()
    {
        if (lines.Length > 0) ArrayPool<(Piece, Piece)>.Shared.Return(lines);
        lines = [];
    }

    // Keeps what was appended, for a block that comes line by line.
    void GrowBlock(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(block.Length * 2, needed)));
        block.AsSpan(0, appended).CopyTo(larger);
        ReleaseBlock();
        block = larger;
    }

    /// <summary>Adds a line of a block that <see cref="Keep"/> will be given when it is complete.</summary>
    /// <param name="line">The line without its CRLF, not empty.</param>
    /// <param name="offset">Where it begins in that block.</param>
    /// <param name="maxCount">How many lines are too many, less one.</param>
    /// <returns>None, or the rule that is broken.</returns>
    internal HttpFault AddLine(ReadOnlySpan<byte> line, int offset, int maxCount)
    {
        HttpFault fault = FieldLineRules.Read(line, out Piece name, out Piece value);
        if (fault != HttpFault.None) return fault;
        if (Count == maxCount) return HttpFault.TooManyFields;
        Add(name.Moved(offset), value.Moved(offset), MarkOf(name.Of(line)));
        return HttpFault.None;
    }

    /// <summary>Adds a copy of a line that was judged before: of trailers, which come one by one and have no block in common.</summary>
    /// <param name="line">The line without its CRLF.</param>
    /// <param name="name">Where the name lies in it.</param>
    /// <param name="value">Where the value lies in it.</param>
    internal void Append(ReadOnlySpan<byte> line, Piece name, Piece value)
    {
        if (block.Length - appended < line.Length) GrowBlock(appended + line.Length);
        line.CopyTo(block.AsSpan(appended));
        Add(name.Moved(appended), value.Moved(appended), MarkOf(name.Of(line)));
        appended += line.Length;
    }

    /// <summary>Copies the bytes that the lines lie in.</summary>
    internal void Keep(ReadOnlySpan<byte> bytes)
    {
        if (block.Length < bytes.Length) GrowBlock(bytes.Length);
        bytes.CopyTo(block);
    }

    void Add(Piece name, Piece value, ulong mark)
    {
        marks |= mark;
        if (Count == lines.Length)
        {
            (Piece, Piece)[] larger = ArrayPool<(Piece, Piece)>.Shared.Rent(Math.Max(FirstLines, Count * 2));
            lines.AsSpan(0, Count).CopyTo(larger);
            ReleaseLines();
            lines = larger;
        }
        lines[Count++] = (name, value);
    }

    (Piece Name, Piece Value) At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return lines[index];
    }
}
