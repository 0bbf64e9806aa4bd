using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace RawNet;

/// <summary>An address cannot be listened on. <see cref="SocketException.SocketErrorCode"/> says why in a word, the message in a sentence.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Made where an address is bound.")]
public sealed class ListenException : SocketException
{
    /// <summary>Names the address and the reason.</summary>
    /// <param name="address">Where it was tried.</param>
    /// <param name="reason">The system's own word for it.</param>
    /// <param name="message">One sentence for people.</param>
    public ListenException(EndPoint address, SocketError reason, string message) : base((int)reason, message) => Address = address;

    /// <summary>Where it was tried.</summary>
    public EndPoint Address { get; }
}
