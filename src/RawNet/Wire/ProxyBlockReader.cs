using System.Buffers.Binary;

namespace RawNet.Wire;

/// <summary>Version 2: twelve bytes of signature, version and command, family and transport, length, addresses, additions. PROXY §2.2.</summary>
static class ProxyBlockReader
{
    const int VersionAt = 12, FamilyAt = 13, LengthAt = 14;
    const int Local = 0, Proxy = 1;

    internal static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    // In the order of the bytes, so that the same rule is named wherever the network cut them.
    internal static ProxyHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (!ProxyHeaderReader.BeginsAs(bytes, Signature)) return ProxyHeader.Refused(ProxyHeaderFault.NoSignature);
        if (bytes.Length <= VersionAt) return ProxyHeader.Unfinished;
        if (bytes[VersionAt] >> 4 != 2) return ProxyHeader.Refused(ProxyHeaderFault.BadVersion);
        int command = bytes[VersionAt] & 0xF;
        if (command > Proxy) return ProxyHeader.Refused(ProxyHeaderFault.BadCommand);
        if (bytes.Length <= FamilyAt) return ProxyHeader.Unfinished;
        // PROXY §2.2: with LOCAL the family is ignored. It is the proxy itself, as for a health check.
        int addresses = command == Local ? 0 : AddressBytesOf(bytes[FamilyAt]);
        if (addresses < 0) return ProxyHeader.Refused(ProxyHeaderFault.BadFamily);
        if (bytes.Length < ProxyHeaderReader.BlockHeadBytes) return ProxyHeader.Unfinished;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[LengthAt..]);
        if (length > ProxyHeaderReader.MaxBlockBytes) return ProxyHeader.Refused(ProxyHeaderFault.TooLong);
        if (length < addresses) return ProxyHeader.Refused(ProxyHeaderFault.AddressesCut);
        int whole = ProxyHeaderReader.BlockHeadBytes + length;
        if (bytes.Length < whole) return ProxyHeader.Unfinished;
        byte family = command == Local ? (byte)0 : bytes[FamilyAt];
        return new(whole, SourceOf(family, bytes[ProxyHeaderReader.BlockHeadBytes..]), ProxyHeaderFault.None);
    }

    // PROXY §2.2: the pairs of family and transport that are defined, and what their addresses take. Others must be refused.
    static int AddressBytesOf(byte family) => family switch
    {
        0x00 => 0,
        0x11 or 0x12 => 4 + 4 + 2 + 2,
        0x21 or 0x22 => 16 + 16 + 2 + 2,
        0x31 or 0x32 => 108 + 108,
        _ => -1,
    };

    // Streams over IPv4 and IPv6. PROXY §2.2: the other pairs are taken as if nothing was told.
    static System.Net.IPEndPoint? SourceOf(byte family, ReadOnlySpan<byte> addresses) => family switch
    {
        0x11 => ProxyHeader.SourceOf(addresses[..4], BinaryPrimitives.ReadUInt16BigEndian(addresses[8..])),
        0x21 => ProxyHeader.SourceOf(addresses[..16], BinaryPrimitives.ReadUInt16BigEndian(addresses[32..])),
        _ => null,
    };
}
