using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>How many connections each client address has open. It keeps an entry per address that has one, and no longer. Any thread.</summary>
/// <param name="most">As many as one may have.</param>
sealed class AddressCounts(int most)
{
    readonly Dictionary<UInt128, int> open = [];
    readonly Lock gate = new();

    /// <summary>Addresses that have a connection now.</summary>
    internal int Addresses
    {
        get { lock (gate) return open.Count; }
    }

    /// <summary>Loopback is not counted: a proxy on this machine, or its developer, may have all there are.</summary>
    internal static bool Counts(EndPoint? peer) => peer is IPEndPoint { Address: IPAddress address } && !IPAddress.IsLoopback(address);

    /// <summary>Takes a place; <see cref="Leave"/> gives it back.</summary>
    /// <returns>False when all of its places are taken.</returns>
    internal bool TryEnter(IPAddress address)
    {
        UInt128 key = KeyOf(address);
        lock (gate)
        {
            int count = open.GetValueOrDefault(key);
            if (count >= most) return false;
            open[key] = count + 1;
            return true;
        }
    }

    internal void Leave(IPAddress address)
    {
        UInt128 key = KeyOf(address);
        lock (gate)
        {
            if (open[key] == 1) open.Remove(key);
            else open[key]--;
        }
    }

    // A client is given 64 bits of IPv6 (RFC 4291 §2.5.4) and may use every address below them: it counts as one.
    static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6) bytes[8..].Clear();
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
