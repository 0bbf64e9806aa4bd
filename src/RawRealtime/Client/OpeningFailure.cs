using System.Net.Sockets;
using System.Security.Authentication;
using RawWebSocket;

namespace RawRealtime.Client;

/// <summary>What to tell someone whose WebSocket could not be opened: the cause, and the cure.</summary>
internal static class OpeningFailure
{
    /// <summary>True for what <see cref="WsClient"/> throws when the other side, or the way there, is at fault.</summary>
    public static bool IsOne(Exception failure) => failure is WsOpeningException or SocketException or AuthenticationException or IOException or TimeoutException;

    /// <summary>Puts it in words.</summary>
    public static ClientEnd Explain(Exception failure, Uri uri) => failure switch
    {
        WsOpeningException refused => new(ClientExit.Refused, "refused", $"{uri} opened no WebSocket: {Refusal(refused)}"),
        SocketException unreachable => Unreachable(uri, Cause(unreachable, uri)),
        AuthenticationException tls => Unreachable(uri, Cause(tls)),
        TimeoutException => Unreachable(uri, "it did not answer in time. Check the address and the port."),
        _ => Unreachable(uri, uri.Scheme == "wss"
            ? "the connection ended before the opening was complete. Does the server speak TLS? Without it the address begins with ws://."
            : "the connection ended before the opening was complete. Where a server speaks TLS the address begins with wss://."),
    };

    /// <summary>There is no way to the server.</summary>
    internal static ClientEnd Unreachable(Uri uri, string cause) => new(ClientExit.Unreachable, "unreachable", $"cannot reach {uri}: {cause}");

    internal static string Cause(SocketException failure, Uri uri) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"nobody listens on port {PortOf(uri)} there. Start the server, or check the port.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"there is no host '{uri.IdnHost}', or names can't be looked up here. Check the name.",
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no way leads there. Check the address and the network.",
        _ => $"{WithoutDot(failure.Message)}.",
    };

    // The framework names the certificate where that is at fault, and otherwise what its TLS library said.
    internal static string Cause(AuthenticationException failure, string plainScheme = "ws") => failure.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
        ? $"{WithoutDot(failure.Message)}. --cacert names who signed the server's certificate, --insecure takes any."
        : $"{WithoutDot(failure.InnerException?.Message ?? failure.Message)}. Does the server speak TLS? Without it the address begins with {plainScheme}://.";

    static string Refusal(WsOpeningException refused) => refused.Status switch
    {
        0 => $"{refused.Message} Is it a web server at all?",
        401 or 407 => $"{Status(refused)} Send credentials with --header \"Authorization: …\".",
        403 => $"{Status(refused)} It may want another --origin, or a --header.",
        404 => $"{Status(refused)} Check the path.",
        101 => refused.Message,
        _ => Status(refused),
    };

    static string Status(WsOpeningException refused) => $"it answered {refused.Status}.";

    static int PortOf(Uri uri) => uri.Port > 0 ? uri.Port : uri.Scheme == "wss" ? 443 : 80;

    static string WithoutDot(string sentence) => sentence.TrimEnd('.');
}
