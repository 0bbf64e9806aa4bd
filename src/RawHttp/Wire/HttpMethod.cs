namespace RawHttp.Wire;

/// <summary>The methods this server knows by name. RFC 9110 §9.3, RFC 5789 for PATCH.</summary>
public enum HttpMethod : byte
{
    /// <summary>Any other token; see <see cref="RequestHead.MethodBytes"/>.</summary>
    Other,

    /// <summary>RFC 9110 §9.3.1.</summary>
    Get,

    /// <summary>RFC 9110 §9.3.2: as GET, without content in the answer.</summary>
    Head,

    /// <summary>RFC 9110 §9.3.3.</summary>
    Post,

    /// <summary>RFC 9110 §9.3.4.</summary>
    Put,

    /// <summary>RFC 9110 §9.3.5.</summary>
    Delete,

    /// <summary>RFC 9110 §9.3.7.</summary>
    Options,

    /// <summary>RFC 5789 §2.</summary>
    Patch,

    /// <summary>RFC 9110 §9.3.8.</summary>
    Trace,

    /// <summary>RFC 9110 §9.3.6.</summary>
    Connect,
}

/// <summary>The two versions this server speaks. RFC 9110 §2.5.</summary>
public enum HttpVersion : byte
{
    /// <summary>HTTP/1.0: closes unless asked not to, has no chunks, no 100 and no upgrade.</summary>
    Http10,

    /// <summary>HTTP/1.1.</summary>
    Http11,
}

/// <summary>Methods ↔ bytes.</summary>
public static class HttpMethods
{
    /// <summary>The method of this name. RFC 9110 §9.1: names are case-sensitive.</summary>
    /// <param name="name">A token.</param>
    public static HttpMethod Of(ReadOnlySpan<byte> name)
    {
        for (var method = HttpMethod.Get; method <= HttpMethod.Connect; method++)
            if (name.SequenceEqual(NameOf(method))) return method;
        return HttpMethod.Other;
    }

    /// <summary>The name as it is sent.</summary>
    /// <param name="method">A method with a name.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is <see cref="HttpMethod.Other"/>.</exception>
    public static ReadOnlySpan<byte> NameOf(HttpMethod method) => method switch
    {
        HttpMethod.Get => "GET"u8,
        HttpMethod.Head => "HEAD"u8,
        HttpMethod.Post => "POST"u8,
        HttpMethod.Put => "PUT"u8,
        HttpMethod.Delete => "DELETE"u8,
        HttpMethod.Options => "OPTIONS"u8,
        HttpMethod.Patch => "PATCH"u8,
        HttpMethod.Trace => "TRACE"u8,
        HttpMethod.Connect => "CONNECT"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
