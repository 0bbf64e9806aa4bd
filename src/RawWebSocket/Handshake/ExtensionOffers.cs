using RawHttp.Wire;

namespace RawWebSocket.Handshake;

/// <summary>
/// The extensions a <c>Sec-WebSocket-Extensions</c> field names, in its order, read by grammar only. RFC 6455 §9.1.
/// What is agreed to among them: <see cref="DeflateNegotiation"/>.
/// </summary>
/// <remarks>
/// <code>
/// extension-list = 1#extension
/// extension      = extension-token *( ";" extension-param )
/// extension-param = token [ "=" ( token | quoted-string ) ]   ; the quoted string's value is a token too
/// </code>
/// </remarks>
public static class ExtensionOffers
{
    /// <summary>The field's name.</summary>
    public static ReadOnlySpan<byte> FieldName => "sec-websocket-extensions"u8;

    /// <summary>Judges the grammar of all offers.</summary>
    /// <param name="fields">The fields of a request, or of a response in the client role.</param>
    /// <returns>None, also when there is no such field.</returns>
    public static HttpFault Check(FieldLines fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        int count = 0;
        foreach (ReadOnlySpan<byte> member in fields.Members(FieldName))
        {
            count++;
            var offer = new ExtensionOffer(member);
            while (offer.NextParameter()) { }
            if (!offer.IsValid) return HttpFault.BadExtensionOffer;
        }
        return count == 0 && fields.Contains(FieldName) ? HttpFault.BadExtensionOffer : HttpFault.None;
    }
}

/// <summary>One offer; its parameters come one by one. RFC 6455 §9.1.</summary>
public ref struct ExtensionOffer
{
    ReadOnlySpan<byte> rest;

    /// <summary>Begins to read an offer.</summary>
    /// <param name="member">A member of the field's list.</param>
    public ExtensionOffer(ReadOnlySpan<byte> member)
    {
        rest = member;
        Name = TakeToken();
        IsValid = !Name.IsEmpty;
    }

    /// <summary>The extension's name; compares without case.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>False when what was read so far breaks the grammar.</summary>
    public bool IsValid { get; private set; }

    /// <summary>The present parameter's name.</summary>
    public ReadOnlySpan<byte> Parameter { get; private set; }

    /// <summary>True when the present parameter has a value.</summary>
    public bool HasValue { get; private set; }

    /// <summary>
    /// The present parameter's value, without quotes. A value that needs no escapes may still be written with them;
    /// they are left in, so that it equals no value we know and the offer is declined.
    /// </summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Reads the next parameter.</summary>
    /// <returns>False at the end of the offer and where the grammar is broken.</returns>
    public bool NextParameter()
    {
        SkipOws();
        if (!IsValid || rest.IsEmpty) return false;
        IsValid = rest[0] == ';';
        if (!IsValid) return false;
        rest = rest[1..];
        SkipOws();
        Parameter = TakeToken();
        HasValue = rest.StartsWith("="u8);
        if (HasValue) rest = rest[1..];
        Value = !HasValue ? default : rest.StartsWith("\""u8) ? TakeQuoted() : TakeToken();
        IsValid = !Parameter.IsEmpty && HasValue == !Value.IsEmpty;
        return IsValid;
    }

    ReadOnlySpan<byte> TakeToken()
    {
        int length = 0;
        while (length < rest.Length && HttpGrammar.IsToken(rest.Slice(length, 1))) length++;
        return Take(length);
    }

    /// <summary>RFC 9110 §5.6.4, with token characters only; empty when it is not that.</summary>
    ReadOnlySpan<byte> TakeQuoted()
    {
        rest = rest[1..];
        int length = 0;
        while (length < rest.Length && rest[length] != '"')
        {
            if (rest[length] == '\\') length++;
            if (length == rest.Length || !HttpGrammar.IsToken(rest.Slice(length, 1))) return default;
            length++;
        }
        if (length == rest.Length) return default;
        ReadOnlySpan<byte> value = Take(length);
        rest = rest[1..];
        return value;
    }

    void SkipOws()
    {
        while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t') rest = rest[1..];
    }

    ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
