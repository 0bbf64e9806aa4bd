using System.Net;

namespace RawNet.Wire;

/// <summary>What a PROXY header said, or why it is none.</summary>
/// <param name="Length">Its bytes; 0 when more are needed, or when it is refused.</param>
/// <param name="Source">Who connected to the proxy; null when the header names nobody, and the peer is the one at the socket.</param>
/// <param name="Fault">The rule that is broken, else None.</param>
public readonly record struct ProxyHeader(int Length, IPEndPoint? Source, ProxyHeaderFault Fault)
{
    /// <summary>Every byte so far belongs to the header, and more are needed.</summary>
    public static ProxyHeader Unfinished => default;

    /// <summary>Whether more bytes are needed.</summary>
    public bool IsUnfinished => Length == 0 && Fault == ProxyHeaderFault.None;

    internal static ProxyHeader Refused(ProxyHeaderFault fault) => new(0, null, fault);

    // An IPv4 address in IPv6 clothing is the same client: it is told and counted as what it is.
    internal static IPEndPoint SourceOf(ReadOnlySpan<byte> address, int port)
    {
        IPAddress told = new(address);
        return new(told.IsIPv4MappedToIPv6 ? told.MapToIPv4() : told, port);
    }
}
