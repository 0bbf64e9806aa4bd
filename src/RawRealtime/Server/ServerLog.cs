using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RawHttp;
using RawHttp.Wire;
using RawNet.Wire;
using RawWebSocket;

namespace RawRealtime.Server;

/// <summary>Writes what happens to connections into the log: ordinary ends only when verbose, bugs always.</summary>
internal sealed partial class ServerLog(ILogger log) : HttpServerEvents
{
    long refusedRecords;

    /// <inheritdoc/>
    public override void OnEnded(EndPoint? peer, HttpEnding ending, HttpFault fault, long requests)
    {
        if (fault == HttpFault.None) Ended(log, peer, ending, requests);
        else Refused(log, peer, HttpFaults.CodeOf(fault), requests);
    }

    /// <inheritdoc/>
    public override void OnBug(Exception failure) => Bug(log, failure);

    /// <inheritdoc/>
    public override void OnRefused(long total)
    {
        // A flood must not fill the log: the first, the second, the fourth … is told.
        if (long.IsPow2(total)) OverCap(log, total);
    }

    /// <inheritdoc/>
    public override void OnAcceptFailed(SocketError reason) => AcceptFailed(log, reason);

    /// <inheritdoc/>
    public override void OnHandshakeFailed(EndPoint? peer, string reason) => HandshakeFailed(log, peer, reason);

    /// <inheritdoc/>
    public override void OnAddressRefused(EndPoint? peer, long total)
    {
        if (long.IsPow2(total)) OverAddressCap(log, peer, total);
    }

    /// <inheritdoc/>
    public override void OnProxyHeaderRefused(EndPoint? peer, ProxyHeaderFault fault, long total)
    {
        // Balancers look whether a port is open, and leave.
        LogLevel level = fault == ProxyHeaderFault.Incomplete || !long.IsPow2(total) ? LogLevel.Debug : LogLevel.Warning;
        ProxyHeaderRefused(log, level, peer, ProxyHeaderFaults.CodeOf(fault), total);
    }

    /// <inheritdoc/>
    public override void OnStaleSocketRemoved(string path) => StaleSocketRemoved(log, path);

    /// <summary>A handler holds up a thread that sockets share.</summary>
    public void OnThreadHeld(string handler, long milliseconds) => ThreadHeld(log, handler, milliseconds);

    /// <summary>Changed certificates are in force.</summary>
    public void OnCertificatesReloaded(string certificates) => CertificatesReloaded(log, certificates);

    /// <summary>Changed certificates are of no use.</summary>
    public void OnCertificatesKept(string reason) => CertificatesKept(log, reason);

    /// <summary>A crash left an end that is not whole; it was cut.</summary>
    public void OnStoreMended(string what) => StoreMended(log, what);

    /// <summary>The machine was restarted while the last messages may not have been on its disk.</summary>
    public void OnTailInDoubt(string folder) => TailInDoubt(log, folder);

    /// <summary>The disk took no more.</summary>
    public void OnStoreFailed(Exception failure) => StoreFailed(log, failure);

    /// <summary>One record was not taken.</summary>
    public void OnStoreRefused(string reason)
    {
        long total = Interlocked.Increment(ref refusedRecords);
        if (long.IsPow2(total)) StoreRefused(log, reason, total);
    }
    /// <summary>Other machines may reach the server, and nothing is asked of them.</summary>
    public void OnOpenToOthers() => OpenToOthers(log);

    /// <summary>A key for tokens is of no use.</summary>
    public void OnTokenKeyLeftAside(string notice) => TokenKeyLeftAside(log, notice);

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

    [LoggerMessage(LogLevel.Warning, "{What}")]
    static partial void StoreMended(ILogger log, string what);

    [LoggerMessage(LogLevel.Warning, "{Folder}: the machine was restarted before all was on its disk, so messages at the end may be missing: every channel begins a new epoch, and clients that come back are told")]
    static partial void TailInDoubt(ILogger log, string folder);

    [LoggerMessage(LogLevel.Critical, "Messages cannot be written down any more: nothing is published until the server is started again")]
    static partial void StoreFailed(ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Error, "Not written down: {Reason} Records refused so far: {Total}")]
    static partial void StoreRefused(ILogger log, string reason, long total);

    [LoggerMessage(LogLevel.Error, "A bug in the server: please report it with what follows")]
    static partial void Bug(ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The connection cap is reached: {Total} connections closed at once so far. Raise the descriptor limit (ulimit -n) for more")]
    static partial void OverCap(ILogger log, long total);

    [LoggerMessage(LogLevel.Warning, "Accepting failed ({Reason}); going on after a pause")]
    static partial void AcceptFailed(ILogger log, SocketError reason);

    [LoggerMessage(LogLevel.Debug, "{Peer} TLS handshake failed: {Reason}")]
    static partial void HandshakeFailed(ILogger log, EndPoint? peer, string reason);

    [LoggerMessage(LogLevel.Warning, "{Peer} has all the connections that one address may have; closed at once so far: {Total}. Raise --max-connections-per-address, or name the proxy with --proxy-protocol-from")]
    static partial void OverAddressCap(ILogger log, EndPoint? peer, long total);

    [LoggerMessage("{Peer} sent no good PROXY header ({Fault}); connections closed for that so far: {Total}")]
    static partial void ProxyHeaderRefused(ILogger log, LogLevel level, EndPoint? peer, string fault, long total);

    [LoggerMessage(LogLevel.Information, "Removed {Path}, a socket that nobody listened on")]
    static partial void StaleSocketRemoved(ILogger log, string path);

    [LoggerMessage(LogLevel.Warning, "{Handler} has held a thread that connections share for {Milliseconds} ms: they wait")]
    static partial void ThreadHeld(ILogger log, string handler, long milliseconds);

    [LoggerMessage(LogLevel.Information, "New certificates in force: {Certificates}")]
    static partial void CertificatesReloaded(ILogger log, string certificates);

    [LoggerMessage(LogLevel.Warning, "Whoever reaches this server may subscribe, publish and delete. Ask for tokens with --token-key-file or --jwks (docs/tokens.md), or listen on loopback only")]
    static partial void OpenToOthers(ILogger log);

    [LoggerMessage(LogLevel.Warning, "Of the keys for tokens, {Notice}")]
    static partial void TokenKeyLeftAside(ILogger log, string notice);

    [LoggerMessage(LogLevel.Warning, "The certificates changed and {Reason} The old ones stay in force")]
    static partial void CertificatesKept(ILogger log, string reason);
}
