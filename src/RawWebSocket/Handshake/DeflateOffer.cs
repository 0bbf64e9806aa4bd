using System.Text;
using RawWebSocket.Deflate;

namespace RawWebSocket.Handshake;

/// <summary>The parameters of one <c>permessage-deflate</c>, as offered or as answered. RFC 7692 §7.1.</summary>
/// <param name="ServerNoContextTakeover">Whether the parameter is there. §7.1.1.1.</param>
/// <param name="ClientNoContextTakeover">Whether the parameter is there. §7.1.1.2.</param>
/// <param name="ServerMaxWindowBits">Its value; 0 when it is not there. §7.1.2.1.</param>
/// <param name="ClientMaxWindowBits">Its value, 15 when it stands without one; 0 when it is not there. §7.1.2.2.</param>
public readonly record struct DeflateOffer(bool ServerNoContextTakeover, bool ClientNoContextTakeover, int ServerMaxWindowBits, int ClientMaxWindowBits)
{
    /// <summary>The extension's name. RFC 7692 §7.</summary>
    public static ReadOnlySpan<byte> Name => "permessage-deflate"u8;

    /// <summary>Reads the parameters.</summary>
    /// <param name="member">A member of the field's list.</param>
    /// <param name="isAnswer">True for a server's answer, in which <c>client_max_window_bits</c> has a value (§7.1.2.2).</param>
    /// <param name="offer">What was read.</param>
    /// <returns>
    /// False when it is another extension, or one that must be declined (a server) or failed (a client), §7: a parameter that is
    /// unknown, repeated, or has a value it can't have.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> member, bool isAnswer, out DeflateOffer offer)
    {
        var parameters = new ExtensionOffer(member);
        offer = default;
        if (!Ascii.EqualsIgnoreCase(parameters.Name, Name)) return false;
        while (parameters.NextParameter())
            if (!TryAdd(parameters, isAnswer, ref offer)) return false;
        return parameters.IsValid;
    }

    // What is new and has a value that it can have changes the offer; what changes nothing is unknown, repeated or wrong.
    static bool TryAdd(in ExtensionOffer parameter, bool isAnswer, ref DeflateOffer offer)
    {
        DeflateOffer before = offer;
        ReadOnlySpan<byte> name = parameter.Parameter;
        int bits = WindowBits(parameter.Value);
        if (Ascii.EqualsIgnoreCase(name, "server_no_context_takeover"u8))
            offer = before with { ServerNoContextTakeover = before.ServerNoContextTakeover || !parameter.HasValue };
        else if (Ascii.EqualsIgnoreCase(name, "client_no_context_takeover"u8))
            offer = before with { ClientNoContextTakeover = before.ClientNoContextTakeover || !parameter.HasValue };
        else if (Ascii.EqualsIgnoreCase(name, "server_max_window_bits"u8))
            offer = before with { ServerMaxWindowBits = before.ServerMaxWindowBits > 0 ? before.ServerMaxWindowBits : bits };
        else if (Ascii.EqualsIgnoreCase(name, "client_max_window_bits"u8))
            offer = before with { ClientMaxWindowBits = before.ClientMaxWindowBits > 0 ? before.ClientMaxWindowBits : OrAll(bits, !parameter.HasValue && !isAnswer) };
        return offer != before;
    }

    static int OrAll(int bits, bool isLeftOpen) => isLeftOpen ? DeflateParameters.MaxWindowBits : bits;

    /// <summary>RFC 7692 §7.1.2.1: a decimal integer without leading zeroes, 8 to 15; 0 for what is none.</summary>
    static int WindowBits(ReadOnlySpan<byte> value) => value.Length switch
    {
        1 when value[0] is (byte)'8' or (byte)'9' => value[0] - '0',
        2 when value[0] == '1' && value[1] is >= (byte)'0' and <= (byte)'5' => 10 + value[1] - '0',
        _ => 0,
    };
}
