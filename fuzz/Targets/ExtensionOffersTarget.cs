using RawHttp.Wire;
using RawWebSocket.Handshake;

namespace RawHttp.Fuzz.Targets;

/// <summary>The lines of Sec-WebSocket-Extensions: each line of the input is one.</summary>
sealed class ExtensionOffersTarget : Target
{
    static readonly HttpLimits Limits = new() { MaxRequestLineBytes = 64, MaxFields = 24 };

    readonly FieldBlock lines = new(Limits), again = new(Limits);
    readonly byte[] named = new byte[8192], written = new byte[8192];

    public override string Name => "extension-offers";

    public override void Run(ReadOnlySpan<byte> input)
    {
        ReadResult result = lines.Read(Named(input));
        Results.Check(result, lines.Length);
        if (result.Status != ReadStatus.Done) return;
        FieldLines fields = lines.Head.Fields;
        HttpFault fault = ExtensionOffers.Check(fields);
        Results.Unless(fault is HttpFault.None or HttpFault.BadExtensionOffer, "another refusal than that of an offer");
        Results.Unless(fault == HttpFault.None || fields.Contains(ExtensionOffers.FieldName), "refused without a field");
        bool allValid = true;
        int count = 0, length = Begin();
        foreach (ReadOnlySpan<byte> member in fields.Members(ExtensionOffers.FieldName))
        {
            bool isValid = Check(member, ref length, isFirst: count++ == 0);
            allValid &= isValid;
        }
        Results.Unless(fault == HttpFault.None == (allValid && (count > 0 || !fields.Contains(ExtensionOffers.FieldName))), "the whole is judged otherwise than its parts");
        if (allValid && count > 0) RoundTrip(length);
    }

    // A name in front of each line; what is a fold or another field stays what it is.
    ReadOnlySpan<byte> Named(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> name = "Sec-WebSocket-Extensions: "u8;
        int length = 0, lineCount = 0;
        while (lineCount++ < 16)
        {
            int end = input.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? input : input[..end];
            if (length > 0) "\r\n"u8.CopyTo(named.AsSpan(length));
            if (length > 0) length += 2;
            name.CopyTo(named.AsSpan(length));
            line.CopyTo(named.AsSpan(length + name.Length));
            length += name.Length + line.Length;
            if (end < 0) break;
            input = input[(end + 1)..];
        }
        return named.AsSpan(0, length);
    }

    // Reads one offer, and writes it as we would: one blank behind each semicolon, values without quotes.
    bool Check(ReadOnlySpan<byte> member, ref int length, bool isFirst)
    {
        var offer = new ExtensionOffer(member);
        if (!isFirst) Put(ref length, ", "u8);
        Put(ref length, offer.Name);
        int read = offer.Name.Length;
        while (offer.NextParameter())
        {
            Results.Unless(HttpGrammar.IsToken(offer.Parameter), "a parameter whose name is no token");
            Results.Unless(offer.HasValue == !offer.Value.IsEmpty, "a value that is there and is not");
            read += 1 + offer.Parameter.Length + offer.Value.Length;
            Put(ref length, "; "u8);
            Put(ref length, offer.Parameter);
            if (!offer.HasValue) continue;
            bool isToken = HttpGrammar.IsToken(offer.Value);
            Put(ref length, isToken ? "="u8 : "=\""u8);
            Put(ref length, offer.Value);
            if (!isToken) Put(ref length, "\""u8);
        }
        if (!offer.IsValid) return false;
        Results.Unless(HttpGrammar.IsToken(offer.Name) && member.StartsWith(offer.Name), "an extension whose name is no token");
        Results.Unless(read <= member.Length, "more read than there is");
        return true;
    }

    // What was written reads the same.
    void RoundTrip(int length)
    {
        ReadResult result = again.Read(written.AsSpan(0, length));
        Results.Unless(result.Status == ReadStatus.Done && ExtensionOffers.Check(again.Head.Fields) == HttpFault.None, "offers that we wrote are refused");
        SameOffers(lines.Head.Fields, again.Head.Fields);
    }

    static void SameOffers(FieldLines ones, FieldLines others)
    {
        int at = 0;
        foreach (ReadOnlySpan<byte> one in ones.Members(ExtensionOffers.FieldName))
        {
            Same(one, MemberAt(others, at++));
        }
        Results.Unless(MemberAt(others, at).IsEmpty, "more offers than were written");
    }

    static ReadOnlySpan<byte> MemberAt(FieldLines fields, int at)
    {
        foreach (ReadOnlySpan<byte> member in fields.Members(ExtensionOffers.FieldName))
            if (at-- == 0) return member;
        return default;
    }

    static void Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        ExtensionOffer first = new(one), second = new(other);
        Results.Unless(first.Name.SequenceEqual(second.Name), "another extension");
        while (first.NextParameter())
        {
            Results.Unless(second.NextParameter(), "a parameter is lost");
            Results.Unless(first.Parameter.SequenceEqual(second.Parameter) && first.HasValue == second.HasValue && first.Value.SequenceEqual(second.Value), "another parameter");
        }
        Results.Unless(!second.NextParameter() && second.IsValid, "one parameter more");
    }

    int Begin()
    {
        "Sec-WebSocket-Extensions: "u8.CopyTo(written);
        return "Sec-WebSocket-Extensions: "u8.Length;
    }

    void Put(ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(written.AsSpan(length));
        length += bytes.Length;
    }
}
