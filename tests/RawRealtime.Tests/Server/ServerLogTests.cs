using System.Net;
using System.Net.Sockets;
using RawHttp;
using RawHttp.Wire;
using RawRealtime.Server;
using RawWebSocket.Wire;

namespace RawRealtime.Tests.Server;

public sealed class ServerLogTests
{
    static readonly IPEndPoint Peer = new(IPAddress.Loopback, 40_000);

    readonly RecordedLog lines = new();
    readonly ServerLog log;

    public ServerLogTests() => log = new(lines);

    [Fact]
    public void Ordinary_ends_are_for_the_verbose_and_trouble_is_for_all()
    {
        log.OnEnded(Peer, HttpEnding.Closed, HttpFault.None, 3);
        log.OnEnded(Peer, HttpEnding.Refused, HttpFault.BadHost, 1);
        log.OnHandshakeFailed(Peer, "no certificate");
        log.OnRefused(7);
        log.OnAcceptFailed(SocketError.TooManyOpenSockets);
        log.OnBug(new InvalidOperationException("oops"));
        Assert.Equal(
            [
                "Debug: 127.0.0.1:40000 HTTP Closed after 3 requests",
                "Debug: 127.0.0.1:40000 HTTP refused: bad-host after 1 requests",
                "Debug: 127.0.0.1:40000 TLS handshake failed: no certificate",
                "Warning: The connection cap is reached: 7 connections closed at once so far. Raise the descriptor limit (ulimit -n) for more",
                "Warning: Accepting failed (TooManyOpenSockets); going on after a pause",
                "Error: A bug in the server: please report it with what follows [oops]",
            ],
            lines.Lines);
    }

    [Fact]
    public async Task A_WebSocket_says_how_it_ended()
    {
        using ServerRig rig = new();
        RigPeer peer = rig.Connect();
        peer.Open("/ws");
        peer.Frame(Opcode.Close, 0x03, 0xE8);
        await peer.Ended();
        Assert.Contains("Debug: 127.0.0.1:40000 WebSocket ClosedByPeer, close code 1000, fault None", rig.Log.Lines);
    }
}
