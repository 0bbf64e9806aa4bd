using RawHttp;
using RawHttp.Wire;
using RawRealtime.Server;
using RawWebSocket.Handshake;

namespace RawRealtime.Access;

/// <summary>Says what a request may do: everything while no token is asked for, else what its token says. docs/tokens.md.</summary>
/// <param name="rules">What a token must be; null asks for none.</param>
/// <param name="allowedOrigins">Origins whose pages may connect. <c>*</c> does not count here.</param>
/// <param name="time">The clock that tokens expire by.</param>
internal sealed class Grants(TokenRules? rules, IReadOnlyList<string> allowedOrigins, TimeProvider time)
{
    readonly TokenChecker? checker = rules is null ? null : new(rules);

    // A browser sends a cookie along whoever asked it to, so "every page may connect" would mean: in every visitor's name.
    readonly OriginRule cookieOrigins = new(allowedOrigins.Where(origin => origin != "*"), allowsAbsent: true);

    /// <summary>Judges a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="grant">What it may do; nothing when it is refused.</param>
    public Refusal Read(HttpRequest request, out Grant grant)
    {
        grant = Grant.Open;
        if (checker is null) return Refusal.None;
        grant = new();
        ServerFault fault = TokenSource.Find(request.Head, out GivenToken given);
        if (fault != ServerFault.None) return fault;
        if (given.IsCookie && IsForeign(request)) return HttpFault.OriginRefused;
        DateTimeOffset now = time.GetUtcNow();
        fault = checker.Check(given.Text, now, out TokenClaims claims);
        if (fault == ServerFault.None) grant = GrantOf(claims, now, request);
        return fault;
    }

    static Grant GrantOf(TokenClaims claims, DateTimeOffset now, HttpRequest request) => new()
    {
        Subject = claims.Subject,
        Expiry = claims.ExpiresAt is { } end ? GrantExpiry.After(request.Heartbeat, end + TokenChecker.Skew - now) : GrantExpiry.Never,
        Publish = claims.Publish,
        Subscribe = claims.Subscribe,
        Delete = claims.Delete,
    };

    // A link or an image elsewhere sends no Origin; a browser then says in another field from where it was made to ask (Fetch Metadata §2.4).
    bool IsForeign(HttpRequest request)
    {
        RequestHead head = request.Head;
        if (cookieOrigins.Check(head, request.IsSecure) != HttpFault.None) return true;
        if (head.Fields.Contains("origin"u8) || !head.Fields.Contains("sec-fetch-site"u8)) return false;
        return !head.Fields.TryGet("sec-fetch-site"u8, out ReadOnlySpan<byte> site) || !(site.SequenceEqual("same-origin"u8) || site.SequenceEqual("none"u8));
    }
}
