using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RawHttp;
using RawHttp.Wire;
using RawWebSocket;

namespace RawRealtime.Server;

/// <summary>Writes what happens to connections into the log: ordinary ends only when verbose, bugs always.</summary>
internal sealed partial class ServerLog(ILogger log) : HttpServerEvents
{
    /// <inheritdoc/>
    public override void OnEnded(EndPoint? peer, HttpEnding ending, HttpFault fault, long requests)
    {
        if (fault == HttpFault.None) Ended(log, peer, ending, requests);
        else Refused(log, peer, HttpFaults.CodeOf(fault), requests);
    }

    /// <inheritdoc/>
    public override void OnBug(Exception failure) => Bug(log, failure);

    /// <inheritdoc/>
    public override void OnRefused(long total) => OverCap(log, total);

    /// <inheritdoc/>
    public override void OnAcceptFailed(SocketError reason) => AcceptFailed(log, reason);

    /// <inheritdoc/>
    public override void OnHandshakeFailed(EndPoint? peer, string reason) => HandshakeFailed(log, peer, reason);

    /// <summary>A WebSocket ended.</summary>
    public void OnSocketEnded(WsConnection socket, WsEnding ending)
    {
        if (socket.HandlerFailure is { } bug) Bug(log, bug);
        else SocketEnded(log, socket.RemoteEndPoint, ending, (int)socket.CloseCode, socket.Fault);
    }

    [LoggerMessage(LogLevel.Debug, "{Peer} HTTP {Ending} after {Requests} requests")]
    static partial void Ended(ILogger log, EndPoint? peer, HttpEnding ending, long requests);

    [LoggerMessage(LogLevel.Debug, "{Peer} HTTP refused: {Fault} after {Requests} requests")]
    static partial void Refused(ILogger log, EndPoint? peer, string fault, long requests);

    [LoggerMessage(LogLevel.Debug, "{Peer} WebSocket {Ending}, close code {Code}, fault {Fault}")]
    static partial void SocketEnded(ILogger log, EndPoint? peer, WsEnding ending, int code, RawWebSocket.Wire.WsFault fault);

    [LoggerMessage(LogLevel.Error, "A bug in the server: please report it with what follows")]
    static partial void Bug(ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The connection cap is reached: {Total} connections closed at once so far. Raise the descriptor limit (ulimit -n) for more")]
    static partial void OverCap(ILogger log, long total);

    [LoggerMessage(LogLevel.Warning, "Accepting failed ({Reason}); going on after a pause")]
    static partial void AcceptFailed(ILogger log, SocketError reason);

    [LoggerMessage(LogLevel.Debug, "{Peer} TLS handshake failed: {Reason}")]
    static partial void HandshakeFailed(ILogger log, EndPoint? peer, string reason);
}
