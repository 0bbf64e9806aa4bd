using System.Text;
using RawHttp.Wire;
using RawRealtime.Server;
using RawWebSocket.Handshake;

namespace RawRealtime.Access;

/// <summary>The one token that a request brings.</summary>
/// <param name="Text">The token.</param>
/// <param name="IsCookie">Whether it came by cookie alone, which a browser sends along whoever asked it to.</param>
internal readonly record struct GivenToken(string Text, bool IsCookie);

/// <summary>Finds the token of a request, in each place where one may stand. RFC 6750 §2; docs/tokens.md.</summary>
internal static class TokenSource
{
    /// <summary>How an offered subprotocol begins that is a token: the one thing besides the address that a page can say in a WebSocket's opening.</summary>
    public static ReadOnlySpan<byte> ProtocolPrefix => "rawrealtime.token."u8;

    /// <summary>Finds it. The same token may stand in several places; two different ones contradict each other.</summary>
    public static ServerFault Find(RequestHead head, out GivenToken given)
    {
        List<string> explicitly = [], cookies = [];
        AddBearers(head.Fields, explicitly);
        AddQuery(head.Query, explicitly);
        AddProtocols(head.Fields, explicitly);
        AddCookies(head.Fields, cookies);
        string[] all = [.. explicitly.Concat(cookies).Distinct(StringComparer.Ordinal)];
        given = all.Length == 1 ? new(all[0], IsCookie: explicitly.Count == 0) : default;
        return all.Length switch { 0 => ServerFault.TokenMissing, 1 => ServerFault.None, _ => ServerFault.TokensDiffer };
    }

    /// <summary>Whether an opening offers tokens as subprotocols and nothing that could be chosen: a browser would drop what we open then (WHATWG WebSockets §4).</summary>
    public static bool IsOfferedAlone(FieldLines fields)
    {
        bool isOffered = false;
        foreach (ReadOnlySpan<byte> offered in fields.Members(Subprotocols.FieldName))
        {
            if (!IsToken(offered)) return false;
            isOffered = true;
        }
        return isOffered;
    }

    // RFC 9110 §11.6.2: a scheme, without case, and what belongs to it. Other schemes may be a proxy's.
    static void AddBearers(FieldLines fields, List<string> found)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (!Ascii.EqualsIgnoreCase(fields.NameAt(i), "authorization"u8)) continue;
            ReadOnlySpan<byte> credentials = fields.ValueAt(i);
            int end = credentials.IndexOf((byte)' ');
            ReadOnlySpan<byte> scheme = end < 0 ? credentials : credentials[..end];
            if (Ascii.EqualsIgnoreCase(scheme, "bearer"u8)) found.Add(Encoding.Latin1.GetString(credentials[scheme.Length..]).Trim(' '));
        }
    }

    static void AddQuery(ReadOnlySpan<byte> query, List<string> found)
    {
        QueryReader pairs = new(query);
        while (pairs.MoveNext())
        {
            if (!pairs.NameIs("token"u8)) continue;
            byte[] value = new byte[pairs.RawValue.Length];
            pairs.DecodeValue(value, out int length); // escapes were judged with the target
            found.Add(Encoding.Latin1.GetString(value, 0, length));
        }
    }

    static void AddProtocols(FieldLines fields, List<string> found)
    {
        foreach (ReadOnlySpan<byte> offered in fields.Members(Subprotocols.FieldName))
            if (IsToken(offered)) found.Add(Encoding.Latin1.GetString(offered[ProtocolPrefix.Length..]));
    }

    static void AddCookies(FieldLines fields, List<string> found)
    {
        CookieReader cookies = new(fields);
        while (cookies.MoveTo("rawrealtime_token"u8)) found.Add(Encoding.Latin1.GetString(cookies.Value));
    }

    static bool IsToken(ReadOnlySpan<byte> offered) => offered.StartsWith(ProtocolPrefix);
}
