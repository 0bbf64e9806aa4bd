using System.Diagnostics.CodeAnalysis;
using RawHttp.Wire;

namespace RawHttp.Client;

/// <summary>A proxy can't be reached, or makes no tunnel. Its message says what to look at.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place only.")]
public sealed class HttpProxyException : IOException
{
    internal HttpProxyException(string message, int status = 0, HttpFault fault = HttpFault.None, Exception? inner = null)
        : base(message, inner) => (Status, Fault) = (status, fault);

    /// <summary>The status of the proxy's answer; 0 when there is none. 407: it wants a user and a password. RFC 9110 §15.5.8.</summary>
    public int Status { get; }

    /// <summary>The rule of HTTP that the answer breaks; None when it is HTTP.</summary>
    public HttpFault Fault { get; }
}
