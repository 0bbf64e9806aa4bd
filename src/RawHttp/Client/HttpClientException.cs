using System.Diagnostics.CodeAnalysis;
using RawHttp.Wire;

namespace RawHttp.Client;

/// <summary>There is no answer, or not the whole of it. The connection is gone.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place only, always with the ending.")]
public sealed class HttpClientException : Exception
{
    internal HttpClientException(HttpClientEnding ending, HttpFault fault = HttpFault.None, Exception? cause = null)
        : base(fault == HttpFault.None ? HttpClientEndings.DetailOf(ending) : $"{HttpFaults.DetailOf(fault)} {HttpClientEndings.DetailOf(ending)}", cause) =>
        (Ending, Fault) = (ending, fault);

    /// <summary>What happened.</summary>
    public HttpClientEnding Ending { get; }

    /// <summary>The rule that the answer breaks; None unless the ending is BadAnswer or TooLarge.</summary>
    public HttpFault Fault { get; }

    /// <summary>Whether not a byte of the request was sent: any request may be sent again.</summary>
    public bool IsUnsent { get; internal init; }

    /// <summary>Whether not a byte of an answer came: an idempotent request may be sent again (RFC 9110 §9.2.2).</summary>
    public bool IsUnanswered { get; internal init; }
}
