using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RawNet.Wire;

namespace RawNet;

/// <summary>Peers of whom more is believed than of others: networks, and programs on this machine that come by a Unix-domain socket.</summary>
/// <param name="networks">The networks.</param>
/// <param name="unix">Whether everybody who comes by a Unix-domain socket is one.</param>
public sealed class TrustedPeers(IReadOnlyList<IPNetwork> networks, bool unix)
{
    /// <summary>Nobody.</summary>
    public static TrustedPeers None { get; } = new([], false);

    /// <summary>Whether <paramref name="peer"/> is one of them. An IPv4 address in IPv6 clothing is the IPv4 address.</summary>
    public bool Contains(EndPoint? peer)
    {
        if (peer is not IPEndPoint { Address: IPAddress address }) return unix && peer?.AddressFamily == AddressFamily.Unix;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        foreach (IPNetwork network in networks)
            if (network.Contains(address)) return true;
        return false;
    }

    /// <summary>Reads <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>, or one address alone. No bit is set beyond the prefix.</summary>
    /// <param name="text">As an administrator writes it.</param>
    /// <param name="network">The network.</param>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        network = default;
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        int slash = bytes.IndexOf((byte)'/');
        if (!TryReadAddress(slash < 0 ? bytes : bytes[..slash], out IPAddress? address)) return false;
        int bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128, prefix = bits;
        if (slash >= 0 && !AddressText.TryReadNumber(bytes[(slash + 1)..], bits, out prefix)) return false;
        network = new IPNetwork(address, prefix);
        return network.BaseAddress.Equals(address);
    }

    /// <summary>Reads an address strictly: <see cref="AddressText"/>.</summary>
    static bool TryReadAddress(ReadOnlySpan<byte> text, [NotNullWhen(true)] out IPAddress? address)
    {
        byte[] bytes = new byte[16];
        if (AddressText.TryReadIp4(text, bytes)) address = new(bytes.AsSpan(0, 4));
        else if (AddressText.TryReadIp6(text, bytes)) address = new(bytes);
        else address = null;
        return address is not null;
    }
}
