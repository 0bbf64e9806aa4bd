using System.Globalization;
using RawHttp.Client;
using RawWebSocket;
using RawWebSocket.Wire;

namespace RawRealtime.Client;

/// <summary>The one map from what a connection ended by to what that means for a subscription.</summary>
internal static class TransportEnds
{
    /// <summary>A request came to nothing.</summary>
    public static TransportEnd Of(HttpClientException failure, Uri server) => new(
        failure.Ending switch
        {
            HttpClientEnding.ConnectFailed or HttpClientEnding.ConnectTimedOut or HttpClientEnding.TlsFailed => TransportEndKind.Unreachable,
            HttpClientEnding.BadAnswer or HttpClientEnding.TooLarge => TransportEndKind.NotOpened,
            _ => TransportEndKind.Broken,
        },
        HttpFailure.Explain(failure, server));

    /// <summary>A request was refused. Its answer is read to its end.</summary>
    public static async Task<TransportEnd> OfRefusalAsync(HttpClientResponse answer, Uri server, CancellationToken cancellation)
    {
        TimeSpan? later = int.TryParse(answer.FieldValue("retry-after"u8), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds(seconds) : null; // RFC 9110 §10.2.3
        ClientEnd end = await HttpFailure.ExplainAsync(answer, server, cancellation).ConfigureAwait(false);
        return new(KindOf(answer.Status), end, later) { IsPassing = IsPassing(answer.Status) };
    }

    /// <summary>No WebSocket was opened.</summary>
    public static TransportEnd OfOpening(Exception failure, Uri server) => failure switch
    {
        WsOpeningException refused => new(KindOf(refused.Status), OpeningFailure.Explain(refused, server)) { IsPassing = IsPassing(refused.Status) },
        TimeoutException => new(TransportEndKind.NotOpened, OpeningFailure.Explain(failure, server)) { IsPassing = true },
        IOException => new(TransportEndKind.NotOpened, OpeningFailure.Explain(failure, server)) { IsPassing = true },
        _ => new(TransportEndKind.Unreachable, OpeningFailure.Explain(failure, server)),
    };

    /// <summary>A WebSocket ended.</summary>
    public static TransportEnd Of(WsConnection connection)
    {
        bool isSentAway = connection.Ending == WsEnding.ClosedByPeer;
        ClientEnd end = ClientEnd.Of(connection, connection.Ending, null);
        if (!isSentAway) return new(TransportEndKind.Broken, end);
        string reason = connection.CloseReason is { Length: > 0 } words ? $": {words}" : "";
        end = end with { Detail = $"The server closed the connection with {(int)connection.CloseCode}{reason}." };
        return new(connection.CloseCode == CloseCode.PolicyViolation ? TransportEndKind.Denied : TransportEndKind.SentAway, end with { ExitCode = ClientExit.ClosedOtherwise });
    }

    /// <summary>What came is none of ours.</summary>
    public static TransportEnd Of(NotOursException failure) => new(TransportEndKind.NotOpened, new(ClientExit.Fault, "not-ours", failure.Message));

    static TransportEndKind KindOf(int status) => status == 401 ? TransportEndKind.Denied : TransportEndKind.NotOpened;

    static bool IsPassing(int status) => status is 429 or >= 500;
}
