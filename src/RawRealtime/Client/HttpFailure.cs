using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using RawHttp.Client;

namespace RawRealtime.Client;

/// <summary>What to tell someone whose request came to nothing: the cause, and the cure.</summary>
internal static class HttpFailure
{
    // More than any problem of ours; what is longer is none.
    const int MaxProblemBytes = 64 << 10;

    /// <summary>There is no answer, or not the whole of it.</summary>
    public static ClientEnd Explain(HttpClientException failure, Uri server) => failure.Ending switch
    {
        HttpClientEnding.ConnectFailed when failure.InnerException is SocketException cause => OpeningFailure.Unreachable(server, OpeningFailure.Cause(cause, server)),
        HttpClientEnding.TlsFailed when failure.InnerException is AuthenticationException cause => OpeningFailure.Unreachable(server, OpeningFailure.Cause(cause, "http")),
        HttpClientEnding.ConnectTimedOut => OpeningFailure.Unreachable(server, "it did not answer in time. Check the address and the port."),
        HttpClientEnding.ConnectFailed or HttpClientEnding.TlsFailed => OpeningFailure.Unreachable(server, "the connection ended before it was agreed on. Does the server speak TLS there?"),
        HttpClientEnding.BadAnswer => new(ClientExit.Fault, "bad-answer", $"{failure.Message} Is it a web server at all?"),
        HttpClientEnding.TooLarge => new(ClientExit.Fault, "too-large", "The answer is larger than any of ours."),
        HttpClientEnding.PeerClosed => new(ClientExit.Lost, "closed-unanswered", "The server closed the connection without an answer. Where it speaks TLS the address begins with https://."),
        HttpClientEnding.HeadTimedOut or HttpClientEnding.ContentTimedOut or HttpClientEnding.SendTimedOut => new(ClientExit.Lost, "timed-out", "The server was silent for too long."),
        _ => new(ClientExit.Lost, "broken", "The connection broke."),
    };

    /// <summary>An answer that is no success: its problem in words (RFC 9457), with what can be done. The answer is read to its end.</summary>
    public static async Task<ClientEnd> ExplainAsync(HttpClientResponse answer, Uri server, CancellationToken cancellation)
    {
        byte[] content = await answer.ReadAllAsync(MaxProblemBytes, cancellation).ConfigureAwait(false);
        (string code, string detail) = ReadProblem(content) ?? ($"status-{answer.Status}", $"it answered {answer.Status}.");
        return new(ClientExit.Refused, code, $"{server} refused: {detail}{CureOf(answer.Status)}");
    }

    /// <summary>Code and detail of a problem; null when it is none.</summary>
    public static (string Code, string Detail)? ReadProblem(ReadOnlyMemory<byte> content)
    {
        try
        {
            using JsonDocument problem = JsonDocument.Parse(content);
            return problem.RootElement.TryGetProperty("code"u8, out JsonElement code) && problem.RootElement.TryGetProperty("detail"u8, out JsonElement detail)
                ? (code.GetString()!, detail.GetString()!) : null;
        }
        catch (Exception none) when (none is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static string CureOf(int status) => status switch
    {
        401 => " Show a token with --token-file.",
        403 => " The token may not allow it.",
        404 => " Check --server: is it a RawRealtime server, and is its path right?",
        _ => "",
    };
}
