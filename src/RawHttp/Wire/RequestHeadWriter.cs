namespace RawHttp.Wire;

/// <summary>Writes a request head, client role: request line, field lines, empty line. RFC 9112 §3 and §5.</summary>
/// <param name="into">Room for the head.</param>
public ref struct RequestHeadWriter(Span<byte> into)
{
    readonly Span<byte> into = into;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>RFC 9112 §3: <c>request-line = method SP request-target SP HTTP-version</c></summary>
    /// <param name="method">A token.</param>
    /// <param name="target">One of the four forms.</param>
    /// <exception cref="ArgumentException">The method is no token, the target is none for this method, or there is no room.</exception>
    public void RequestLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        if (!HttpGrammar.IsToken(method)) throw new ArgumentException("A method is a token (RFC 9110 §9.1).", nameof(method));
        if (RequestTarget.Read(target, HttpMethods.Of(method), out _) != HttpFault.None)
            throw new ArgumentException("It is no request target of this method (RFC 9112 §3.2).", nameof(target));
        Append(method);
        Append(" "u8);
        Append(target);
        Append(" HTTP/1.1\r\n"u8);
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
