using System.Globalization;
using System.Text;
using RawWebSocket.Deflate;

namespace RawRealtime.Client;

/// <summary>What both ends agreed on, in the words of Sec-WebSocket-Extensions. RFC 7692 §7.1.</summary>
internal static class AgreedExtensions
{
    /// <summary>The extension with its parameters; null for none. A full window is not named.</summary>
    public static string? Of(DeflateParameters? agreed)
    {
        if (agreed is not { } compression) return null;
        StringBuilder text = new("permessage-deflate");
        if (compression.ServerNoContextTakeover) text.Append("; server_no_context_takeover");
        if (compression.ClientNoContextTakeover) text.Append("; client_no_context_takeover");
        Append(text, "server_max_window_bits", compression.ServerMaxWindowBits);
        Append(text, "client_max_window_bits", compression.ClientMaxWindowBits);
        return text.ToString();
    }

    static void Append(StringBuilder text, string name, int bits)
    {
        if (bits < DeflateParameters.MaxWindowBits) text.Append(CultureInfo.InvariantCulture, $"; {name}={bits}");
    }
}
