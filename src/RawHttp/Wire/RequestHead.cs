using System.Text;

namespace RawHttp.Wire;

/// <summary>
/// The head of a request that passed every rule: request line, fields, and what follows from them.
/// It owns a copy of the bytes and is reused: its spans are valid until the next head is read into it. Not thread-safe.
/// </summary>
public sealed class RequestHead
{
    Piece method, target, host;

    /// <summary>The method, when it is one of those known by name.</summary>
    public HttpMethod Method { get; private set; }

    /// <summary>The method as it was sent.</summary>
    public ReadOnlySpan<byte> MethodBytes => method.Of(Fields.Block);

    /// <summary>The version of the message.</summary>
    public HttpVersion Version { get; private set; }

    /// <summary>The form of the target and where its parts lie in <see cref="TargetBytes"/>.</summary>
    public RequestTarget Target { get; private set; }

    /// <summary>The target as it was sent.</summary>
    public ReadOnlySpan<byte> TargetBytes => target.Of(Fields.Block);

    /// <summary>The path as it was sent, not decoded; <c>/</c> when an absolute target has none (RFC 9110 §4.2.3), empty for <c>*</c> and CONNECT.</summary>
    public ReadOnlySpan<byte> Path =>
        Target.Form == TargetForm.Absolute && Target.Path.Length == 0 ? "/"u8 : Target.Path.Of(TargetBytes);

    /// <summary>What follows the question mark, not decoded; see <see cref="QueryReader"/>.</summary>
    public ReadOnlySpan<byte> Query => Target.Query.Of(TargetBytes);

    /// <summary>The authority in the target; empty in origin and asterisk form.</summary>
    public ReadOnlySpan<byte> Authority => Target.Authority.Of(TargetBytes);

    /// <summary>
    /// The host that is asked, with its port: the authority of an absolute target, which wins over the Host field (RFC 9112 §3.2.2), else
    /// that field's value; empty only in HTTP/1.0.
    /// </summary>
    public ReadOnlySpan<byte> Host => Target.Authority.Length > 0 ? Authority : host.Of(Fields.Block);

    /// <summary>The field lines.</summary>
    public FieldLines Fields { get; } = new();

    /// <summary>How long the content is.</summary>
    public BodyFraming Framing { get; private set; }

    /// <summary>Whether the connection may carry another request after this one. RFC 9112 §9.3.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Whether the client waits for 100 before it sends the content. RFC 9110 §10.1.1; never so in HTTP/1.0 or without content.</summary>
    public bool ExpectsContinue { get; private set; }

    /// <summary>Whether the client offers to switch protocols. RFC 9110 §7.8; never so in HTTP/1.0.</summary>
    public bool WantsUpgrade { get; private set; }

    /// <summary>Forgets the last request.</summary>
    internal void Clear()
    {
        Fields.Clear();
        (method, target, host, Target) = (default, default, default, default);
        (Method, Version, Framing) = (HttpMethod.Other, HttpVersion.Http10, BodyFraming.None);
        (KeepsAlive, ExpectsContinue, WantsUpgrade) = (false, false, false);
    }

    /// <summary>Reads a request line, the first line of the block. RFC 9112 §3: <c>request-line = method SP request-target SP HTTP-version</c></summary>
    /// <param name="line">The line without its CRLF.</param>
    internal HttpFault ReadRequestLine(ReadOnlySpan<byte> line)
    {
        int space = line.IndexOf((byte)' ');
        method = new(0, space < 0 ? line.Length : space);
        if (space >= 0 && method.Length > HttpLimits.MaxMethodBytes) return HttpFault.MethodTooLong;
        Method = HttpMethods.Of(method.Of(line));
        if (Method == HttpMethod.Other && !HttpGrammar.IsToken(method.Of(line))) return HttpFault.BadMethod;
        if (space < 0) return HttpFault.BadRequestLine;

        ReadOnlySpan<byte> rest = line[(space + 1)..];
        int secondSpace = rest.IndexOf((byte)' ');
        if (secondSpace <= 0) return HttpFault.BadRequestLine;
        target = new(space + 1, secondSpace);

        rest = rest[(secondSpace + 1)..];
        HttpFault fault = HttpVersions.Read(rest, out HttpVersion version);
        if (fault != HttpFault.None) return rest.Contains((byte)' ') ? HttpFault.BadRequestLine : fault; // no version has a space in it
        Version = version;
        fault = RequestTarget.Read(target.Of(line), Method, out RequestTarget parts);
        Target = parts;
        return fault;
    }

    /// <summary>Takes the bytes of the whole head and judges what only the whole can tell, in the order of RFC 9112.</summary>
    /// <param name="block">From the first byte of the request line to the end of the empty line.</param>
    internal HttpFault Complete(ReadOnlySpan<byte> block)
    {
        Fields.Keep(block);
        HttpFault fault = HostRule.Check(this, out host);                       // RFC 9112 §3.2
        if (fault != HttpFault.None) return fault;
        fault = BodyFraming.OfRequest(Fields, Version, out BodyFraming framing); // RFC 9112 §6.3
        if (fault != HttpFault.None) return fault;
        Framing = framing;
        if (Fields.CountOf("content-type"u8) > 1) return HttpFault.ContentTypeRepeated; // RFC 9110 §8.3
        KeepsAlive = ConnectionKeepsAlive();                                    // RFC 9112 §9.3
        bool is11 = Version == HttpVersion.Http11;
        WantsUpgrade = is11 && Fields.Contains("upgrade"u8) && Fields.ListContains("connection"u8, "upgrade"u8);
        return is11 ? ReadExpectation() : HttpFault.None;                       // RFC 9110 §10.1.1: ignored in HTTP/1.0
    }

    // RFC 9112 §9.3: the numbered list, without its last item, which is about proxies.
    bool ConnectionKeepsAlive()
    {
        if (Fields.ListContains("connection"u8, "close"u8)) return false;
        if (Version == HttpVersion.Http11) return true;
        return Fields.ListContains("connection"u8, "keep-alive"u8);
    }

    HttpFault ReadExpectation()
    {
        if (!Fields.Contains("expect"u8)) return HttpFault.None;
        foreach (ReadOnlySpan<byte> expectation in Fields.Members("expect"u8))
            if (!Ascii.EqualsIgnoreCase(expectation, "100-continue"u8)) return HttpFault.UnknownExpectation;
            else ExpectsContinue = Framing.HasContent;
        return HttpFault.None;
    }
}
