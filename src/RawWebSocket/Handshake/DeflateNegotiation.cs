using System.Text;
using RawHttp.Wire;
using RawWebSocket.Deflate;

namespace RawWebSocket.Handshake;

/// <summary>How two ends agree on permessage-deflate. RFC 7692 §5 and §7.1.</summary>
public static class DeflateNegotiation
{
    /// <summary>Chooses among a client's offers; server role. The first that can be met is accepted, others are declined: never an error.</summary>
    /// <param name="fields">The request's fields, which <see cref="ExtensionOffers.Check"/> let stand.</param>
    /// <param name="ours">What we want; null declines all.</param>
    /// <param name="answer">The value of Sec-WebSocket-Extensions that says so; empty when nothing was agreed.</param>
    /// <returns>What holds from now on; null when nothing was agreed.</returns>
    public static DeflateParameters? Choose(FieldLines fields, DeflateOptions? ours, out byte[] answer)
    {
        ArgumentNullException.ThrowIfNull(fields);
        answer = [];
        if (ours is null || !TryFindUsable(fields, out DeflateOffer offer)) return null;
        DeflateParameters met = Met(offer, ours);
        answer = Write(
            met.ServerNoContextTakeover, met.ClientNoContextTakeover,
            offer.ServerMaxWindowBits > 0 || met.ServerMaxWindowBits < DeflateParameters.MaxWindowBits ? $"={met.ServerMaxWindowBits}" : null,
            met.ClientMaxWindowBits < DeflateParameters.MaxWindowBits ? $"={met.ClientMaxWindowBits}" : null);
        return met;
    }

    /// <summary>Our offer; client role. It always lets the server ask for a smaller window of ours.</summary>
    /// <param name="ours">What we want.</param>
    /// <returns>The value of Sec-WebSocket-Extensions.</returns>
    public static byte[] Offer(DeflateOptions ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        return Write(
            !ours.ServerContextTakeover, !ours.ClientContextTakeover,
            ours.ServerMaxWindowBits < DeflateParameters.MaxWindowBits ? $"={ours.ServerMaxWindowBits}" : null,
            ours.ClientMaxWindowBits < DeflateParameters.MaxWindowBits ? $"={ours.ClientMaxWindowBits}" : "");
    }

    /// <summary>Judges a server's answer to <see cref="Offer"/>; client role. RFC 7692 §7: what does not fit the offer fails the connection.</summary>
    /// <param name="fields">The answer's fields.</param>
    /// <param name="ours">What we offered; null for nothing.</param>
    /// <param name="agreed">What holds from now on; null when the server declined.</param>
    public static OpeningFault Check(FieldLines fields, DeflateOptions? ours, out DeflateParameters? agreed)
    {
        ArgumentNullException.ThrowIfNull(fields);
        agreed = null;
        if (!fields.Contains(ExtensionOffers.FieldName)) return OpeningFault.None;
        if (ExtensionOffers.Check(fields) != HttpFault.None) return OpeningFault.BadExtensionAnswer;
        int count = 0;
        DeflateOffer answer = default;
        foreach (ReadOnlySpan<byte> member in fields.Members(ExtensionOffers.FieldName))
        {
            if (ours is null || count++ > 0 || !Ascii.EqualsIgnoreCase(new ExtensionOffer(member).Name, DeflateOffer.Name)) return OpeningFault.UnaskedExtension;
            if (!DeflateOffer.TryRead(member, isAnswer: true, out answer)) return OpeningFault.BadExtensionAnswer;
        }
        if (!Meets(answer, ours!)) return OpeningFault.BadExtensionAnswer;
        agreed = new(
            answer.ServerNoContextTakeover, answer.ClientNoContextTakeover || !ours!.ClientContextTakeover,
            OrAll(answer.ServerMaxWindowBits), Math.Min(OrAll(answer.ClientMaxWindowBits), ours!.ClientMaxWindowBits));
        return OpeningFault.None;
    }

    static bool TryFindUsable(FieldLines fields, out DeflateOffer offer)
    {
        offer = default;
        foreach (ReadOnlySpan<byte> member in fields.Members(ExtensionOffers.FieldName))
            if (DeflateOffer.TryRead(member, isAnswer: false, out offer)) return true;
        return false;
    }

    // §7.1.1 and §7.1.2: what is asked of the server it must do; what it wants of the client it may say, the window only when the client's offer names it.
    static DeflateParameters Met(DeflateOffer offer, DeflateOptions ours) => new(
        offer.ServerNoContextTakeover || !ours.ServerContextTakeover,
        offer.ClientNoContextTakeover || !ours.ClientContextTakeover,
        Math.Min(OrAll(offer.ServerMaxWindowBits), ours.ServerMaxWindowBits),
        offer.ClientMaxWindowBits == 0 ? DeflateParameters.MaxWindowBits : Math.Min(offer.ClientMaxWindowBits, ours.ClientMaxWindowBits));

    // §7.1.1.1 and §7.1.2: what we asked of the server must be met; a window of ours is at most what we offered.
    static bool Meets(DeflateOffer answer, DeflateOptions ours) =>
        (answer.ServerNoContextTakeover || ours.ServerContextTakeover)
        && OrAll(answer.ServerMaxWindowBits) <= ours.ServerMaxWindowBits
        && answer.ClientMaxWindowBits <= ours.ClientMaxWindowBits;

    static int OrAll(int bits) => bits == 0 ? DeflateParameters.MaxWindowBits : bits;

    static byte[] Write(bool serverNoContext, bool clientNoContext, string? serverWindow, string? clientWindow) => Encoding.ASCII.GetBytes(
        "permessage-deflate"
        + (serverNoContext ? "; server_no_context_takeover" : "")
        + (clientNoContext ? "; client_no_context_takeover" : "")
        + (serverWindow is null ? "" : "; server_max_window_bits" + serverWindow)
        + (clientWindow is null ? "" : "; client_max_window_bits" + clientWindow));
}
