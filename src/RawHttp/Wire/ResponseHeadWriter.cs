namespace RawHttp.Wire;

/// <summary>Writes a response head: status line, field lines, empty line. RFC 9112 §4 and §5.</summary>
/// <param name="into">Room for the head.</param>
public ref struct ResponseHeadWriter(Span<byte> into)
{
    readonly Span<byte> into = into;

    /// <summary>Most bytes that a status line takes.</summary>
    public const int MaxStatusLineBytes = 64;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>RFC 9112 §4: <c>status-line = HTTP-version SP status-code SP [ reason-phrase ]</c>. The version is always ours (RFC 9110 §2.5).</summary>
    /// <param name="status">100 to 599.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no status code.</exception>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public void StatusLine(int status)
    {
        if (status == 200)
        {
            Append("HTTP/1.1 200 OK\r\n"u8); // most answers
            return;
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        Append("HTTP/1.1 "u8);
        Append([(byte)('0' + status / 100), (byte)('0' + status / 10 % 10), (byte)('0' + status % 10), (byte)' ']);
        Append(StatusCodes.ReasonOf(status));
        Append("\r\n"u8);
    }

    /// <summary>Writes a field line.</summary>
    /// <param name="name">A token.</param>
    /// <param name="value">No controls, no white space around it.</param>
    /// <exception cref="ArgumentException">Name or value is not what a field may hold, or there is no room.</exception>
    public void Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Length += FieldLineWriter.Write(into[Length..], name, value);

    /// <summary>Writes a field line whose value is a number.</summary>
    /// <param name="name">A token.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">The name is no token, or there is no room.</exception>
    public void Field(ReadOnlySpan<byte> name, long value) => Length += FieldLineWriter.Write(into[Length..], name, value);

    /// <summary>Writes a field line whose name is ours, given with its colon and space.</summary>
    internal void OwnField(ReadOnlySpan<byte> begun, ReadOnlySpan<byte> value) => Length += FieldLineWriter.WriteOwn(into[Length..], begun, value);

    /// <summary>The same with a number.</summary>
    internal void OwnField(ReadOnlySpan<byte> begun, long value) => Length += FieldLineWriter.WriteOwn(into[Length..], begun, value);

    /// <summary>Copies field lines that <see cref="FieldLineWriter"/> wrote before.</summary>
    internal void FieldLines(ReadOnlySpan<byte> lines) => Append(lines);

    /// <summary>Writes the empty line that ends the head.</summary>
    /// <exception cref="ArgumentException">There is no room.</exception>
    public void End() => Append("\r\n"u8);

    void Append(scoped ReadOnlySpan<byte> bytes)
    {
        if (into.Length - Length < bytes.Length) throw new ArgumentException("There is no room for the head.");
        bytes.CopyTo(into[Length..]);
        Length += bytes.Length;
    }
}
