using System.Text;
using RawHttp.Wire;

namespace RawWebSocket.Handshake;

/// <summary>The subprotocols a client offers, in its order. RFC 6455 §4.1 item 10 and §11.3.4.</summary>
public static class Subprotocols
{
    /// <summary>The field's name.</summary>
    public static ReadOnlySpan<byte> FieldName => "sec-websocket-protocol"u8;

    /// <summary>Judges the offer: tokens, none of them twice.</summary>
    /// <param name="fields">The request's fields.</param>
    /// <returns>None, also when there is no such field.</returns>
    public static HttpFault Check(FieldLines fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        int count = 0;
        foreach (ReadOnlySpan<byte> offered in fields.Members(FieldName))
        {
            if (!HttpGrammar.IsToken(offered) || IsAmongFirst(fields, count, offered)) return HttpFault.BadSubprotocol;
            count++;
        }
        return count == 0 && fields.Contains(FieldName) ? HttpFault.BadSubprotocol : HttpFault.None; // 1#token: at least one
    }

    /// <summary>Chooses by the server's preference. RFC 6455 §4.2.2 item 5.5; names compare with case.</summary>
    /// <param name="fields">The request's fields.</param>
    /// <param name="spoken">What the server speaks, the dearest first.</param>
    /// <returns>The index in <paramref name="spoken"/>; -1 for none, which leaves the field out of the answer.</returns>
    public static int Choose(FieldLines fields, ReadOnlySpan<string> spoken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        for (int i = 0; i < spoken.Length; i++)
            foreach (ReadOnlySpan<byte> offered in fields.Members(FieldName))
                if (Ascii.Equals(offered, spoken[i])) return i;
        return -1;
    }

    static bool IsAmongFirst(FieldLines fields, int count, ReadOnlySpan<byte> name)
    {
        foreach (ReadOnlySpan<byte> earlier in fields.Members(FieldName))
        {
            if (count-- == 0) return false;
            if (earlier.SequenceEqual(name)) return true;
        }
        return false;
    }
}
