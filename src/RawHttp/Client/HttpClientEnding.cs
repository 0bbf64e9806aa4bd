namespace RawHttp.Client;

/// <summary>Why there is no answer, or not the whole of it: the first reason counts.</summary>
public enum HttpClientEnding : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Nobody answers at the address, or the name has none.</summary>
    ConnectFailed,

    /// <summary>Connecting took longer than <see cref="HttpClientOptions.ConnectMilliseconds"/>.</summary>
    ConnectTimedOut,

    /// <summary>The TLS handshake failed, mostly over the certificate.</summary>
    TlsFailed,

    /// <summary>The server ended the connection without a byte of an answer.</summary>
    PeerClosed,

    /// <summary>The connection broke: reset, unreachable.</summary>
    Broken,

    /// <summary>The answer breaks a rule of HTTP, see <see cref="HttpClientException.Fault"/>.</summary>
    BadAnswer,

    /// <summary>The content is larger than the caller takes.</summary>
    TooLarge,

    /// <summary>The head of the answer took longer than <see cref="HttpClientOptions.HeadMilliseconds"/>.</summary>
    HeadTimedOut,

    /// <summary>No content came for <see cref="HttpClientOptions.ContentMilliseconds"/>.</summary>
    ContentTimedOut,

    /// <summary>The exchange took longer than <see cref="HttpClientOptions.WholeMilliseconds"/>.</summary>
    WholeTimedOut,

    /// <summary>The server took nothing of the request for too long.</summary>
    SendTimedOut,

    /// <summary>The source of the request's content threw.</summary>
    ContentFailed,

    /// <summary>Our application gave the connection up.</summary>
    Aborted,
}

/// <summary>The one map from an ending to its name and its sentences.</summary>
public static class HttpClientEndings
{
    /// <summary>What happened, and what can be done about it.</summary>
    /// <param name="ending">Any member but <see cref="HttpClientEnding.None"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the map.</exception>
    public static string DetailOf(HttpClientEnding ending) => ending switch
    {
        HttpClientEnding.ConnectFailed => "The server can't be reached. Is it running, and are host and port right?",
        HttpClientEnding.ConnectTimedOut => "Connecting took too long. A firewall may swallow it; ConnectMilliseconds says how long is waited.",
        HttpClientEnding.TlsFailed => "TLS could not be agreed on. Does the port speak TLS, and does the certificate prove the host's name to this system?",
        HttpClientEnding.PeerClosed => "The server closed the connection without an answer. It may be overloaded or restarting: try again if the request may be sent twice.",
        HttpClientEnding.Broken => "The connection broke. Try again if the request may be sent twice.",
        HttpClientEnding.BadAnswer => "The answer breaks a rule of HTTP. The server, or whatever stands before it, is at fault.",
        HttpClientEnding.TooLarge => "The content is larger than was asked for. Raise the bound, or read it piece by piece.",
        HttpClientEnding.HeadTimedOut => "The server did not begin to answer in time. HeadMilliseconds says how long is waited.",
        HttpClientEnding.ContentTimedOut => "The server stopped in the midst of the content. ContentMilliseconds says how long is waited for more.",
        HttpClientEnding.WholeTimedOut => "The exchange took too long. WholeMilliseconds says how long it may take.",
        HttpClientEnding.SendTimedOut => "The server stopped taking the request. Sending.StallMilliseconds says how long is waited.",
        HttpClientEnding.ContentFailed => "The source of the request's content failed; see the inner exception.",
        HttpClientEnding.Aborted => "The connection was given up by the application.",
        _ => throw new ArgumentOutOfRangeException(nameof(ending), ending, "No ending of this name."),
    };
}
