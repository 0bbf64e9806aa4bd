using System.Net;
using System.Text;
using RawHttp.Wire;

namespace RawRealtime.Server;

/// <summary>
/// The names this server answers to. A page elsewhere whose name was made to point at loopback (DNS rebinding) sends its own
/// name as Host and is refused. docs/contract.md, Defaults.
/// </summary>
internal sealed class OwnHosts
{
    readonly bool all;
    readonly byte[][] names;

    /// <summary>Loopback's names, the addresses listened on, and <paramref name="allowed"/>; <c>*</c> for all. A Unix-domain socket
    /// adds none: behind it may be a proxy that takes in any name.</summary>
    public OwnHosts(IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> allowed)
    {
        all = allowed.Contains("*");
        IEnumerable<string> own = ["localhost", "127.0.0.1", "[::1]", .. addresses.Select(InHost)];
        if (addresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))) own = own.Concat(OfMachine());
        names = [.. own.Concat(allowed).Distinct(StringComparer.OrdinalIgnoreCase).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Judges the Host of a request; HTTP/1.0 may have none.</summary>
    public ServerFault Check(RequestHead head)
    {
        if (all) return ServerFault.None;
        ReadOnlySpan<byte> host = head.Host;
        if (host.IsEmpty) return ServerFault.None;
        ReadOnlySpan<byte> name = HostRule.NameOf(host);
        foreach (byte[] own in names)
            if (own.Length == name.Length && Ascii.EqualsIgnoreCase(own, name)) return ServerFault.None;
        return ServerFault.UnknownHost;
    }

    static string InHost(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    // Listening on all addresses, it is reached by the machine's name and each of its addresses.
    static IEnumerable<string> OfMachine()
    {
        string machine = Dns.GetHostName();
        return System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => InHost(unicast.Address))
            .Append(machine);
    }
}
