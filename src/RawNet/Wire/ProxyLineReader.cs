namespace RawNet.Wire;

/// <summary>Version 1: <c>PROXY TCP4 192.0.2.7 198.51.100.1 56324 443 CRLF</c>. PROXY §2.1.</summary>
static class ProxyLineReader
{
    internal static ReadOnlySpan<byte> Signature => "PROXY "u8;

    internal static ProxyHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!ProxyHeaderReader.BeginsAs(bytes, Signature)) return ProxyHeader.Refused(ProxyHeaderFault.NoSignature);
        const int MaxBeforeEnd = ProxyHeaderReader.MaxLineBytes - 2;
        int end = bytes[..Math.Min(bytes.Length, MaxBeforeEnd + 1)].IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) return bytes.Length > MaxBeforeEnd ? ProxyHeader.Refused(ProxyHeaderFault.TooLong) : ProxyHeader.Unfinished;
        if (bytes[end] == '\n') return ProxyHeader.Refused(ProxyHeaderFault.BadLineEnd);
        if (bytes.Length == end + 1) return ProxyHeader.Unfinished;
        if (bytes[end + 1] != '\n') return ProxyHeader.Refused(ProxyHeaderFault.BadLineEnd);
        return ReadFields(bytes[Signature.Length..end], end + 2);
    }

    static ProxyHeader ReadFields(ReadOnlySpan<byte> fields, int length)
    {
        ReadOnlySpan<byte> protocol = Take(ref fields);
        // PROXY §2.1: after UNKNOWN whatever stands before the CRLF is ignored.
        if (protocol.SequenceEqual("UNKNOWN"u8)) return new(length, null, ProxyHeaderFault.None);
        bool isIp6 = protocol.SequenceEqual("TCP6"u8);
        if (!isIp6 && !protocol.SequenceEqual("TCP4"u8)) return ProxyHeader.Refused(ProxyHeaderFault.BadProtocol);
        ReadOnlySpan<byte> source = Take(ref fields), destination = Take(ref fields), sourcePort = Take(ref fields);
        if (sourcePort.IsEmpty || fields.IsEmpty || fields.Contains((byte)' ')) return ProxyHeader.Refused(ProxyHeaderFault.BadFields);
        Span<byte> address = stackalloc byte[isIp6 ? 16 : 4];
        if (!TryReadAddress(destination, address) || !TryReadAddress(source, address)) return ProxyHeader.Refused(ProxyHeaderFault.BadAddress);
        if (!AddressText.TryReadNumber(fields, ushort.MaxValue, out _) || !AddressText.TryReadNumber(sourcePort, ushort.MaxValue, out int port))
            return ProxyHeader.Refused(ProxyHeaderFault.BadPort);
        return new(length, ProxyHeader.SourceOf(address, port), ProxyHeaderFault.None);
    }

    static bool TryReadAddress(ReadOnlySpan<byte> text, Span<byte> address) =>
        address.Length == 4 ? AddressText.TryReadIp4(text, address) : AddressText.TryReadIp6(text, address);

    // The field before the next space, which goes too; all that is left when there is none.
    static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> fields)
    {
        int space = fields.IndexOf((byte)' ');
        ReadOnlySpan<byte> field = space < 0 ? fields : fields[..space];
        fields = space < 0 ? [] : fields[(space + 1)..];
        return field;
    }
}
