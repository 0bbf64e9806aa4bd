using System.Text;
using RawHttp.Wire;
using RawWebSocket.Deflate;

namespace RawWebSocket.Handshake;

/// <summary>Whether a server's answer opens the WebSocket; client role. RFC 6455 §4.1, its last list, item by item.</summary>
public static class OpeningResponseRules
{
    /// <summary>Names the first rule the answer breaks.</summary>
    /// <param name="head">The answer.</param>
    /// <param name="key">The key of our request.</param>
    /// <param name="offered">The subprotocols of our request.</param>
    /// <param name="compression">The compression that our request offered; null for none.</param>
    /// <param name="chosen">The index of the server's choice among the subprotocols; -1 for none.</param>
    /// <param name="agreed">The compression that was agreed on; null for none.</param>
    public static OpeningFault Check(
        ResponseHead head, ReadOnlySpan<byte> key, ReadOnlySpan<string> offered, DeflateOptions? compression, out int chosen, out DeflateParameters? agreed)
    {
        ArgumentNullException.ThrowIfNull(head);
        (chosen, agreed) = (-1, null);
        FieldLines fields = head.Fields;
        if (head.Status != 101) return OpeningFault.NotSwitched;                                             // 1.
        if (!(fields.TryGet("upgrade"u8, out ReadOnlySpan<byte> upgrade) && Ascii.EqualsIgnoreCase(upgrade, "websocket"u8)))
            return OpeningFault.UpgradeMissing;                                                              // 2.
        if (!fields.ListContains("connection"u8, "upgrade"u8)) return OpeningFault.ConnectionMissing;        // 3.
        if (!IsAcceptOf(key, fields)) return OpeningFault.WrongAccept;                                       // 4.
        OpeningFault extension = DeflateNegotiation.Check(fields, compression, out agreed);
        if (extension != OpeningFault.None) return extension;                                                // 5.
        if (!fields.Contains(Subprotocols.FieldName)) return OpeningFault.None;
        chosen = ChoiceAmong(offered, fields);
        return chosen >= 0 ? OpeningFault.None : OpeningFault.UnaskedSubprotocol;                            // 6.
    }

    static bool IsAcceptOf(ReadOnlySpan<byte> key, FieldLines fields)
    {
        Span<byte> expected = stackalloc byte[AcceptKey.AcceptBytes];
        AcceptKey.Write(key, expected);
        return fields.TryGet("sec-websocket-accept"u8, out ReadOnlySpan<byte> accept) && accept.SequenceEqual(expected);
    }

    static int ChoiceAmong(ReadOnlySpan<string> offered, FieldLines fields)
    {
        if (!fields.TryGet(Subprotocols.FieldName, out ReadOnlySpan<byte> answer)) return -1;
        for (int i = 0; i < offered.Length; i++)
            if (Ascii.Equals(answer, offered[i])) return i;
        return -1;
    }
}
