using System.Net;
using System.Net.Sockets;
using RawHttp;
using RawHttp.Wire;
using RawNet.Wire;
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
        log.OnRefused(8);
        log.OnAcceptFailed(SocketError.TooManyOpenSockets);
        log.OnBug(new InvalidOperationException("oops"));
        Assert.Equal(
            [
                "Debug: 127.0.0.1:40000 HTTP Closed after 3 requests",
                "Debug: 127.0.0.1:40000 HTTP refused: bad-host after 1 requests",
                "Debug: 127.0.0.1:40000 TLS handshake failed: no certificate",
                "Warning: The connection cap is reached: 8 connections closed at once so far. Raise the descriptor limit (ulimit -n) for more",
                "Warning: Accepting failed (TooManyOpenSockets); going on after a pause",
                "Error: A bug in the server: please report it with what follows [oops]",
            ],
            lines.Lines);
    }

    [Fact]
    public void What_may_happen_a_thousand_times_a_second_is_told_at_powers_of_two()
    {
        for (int total = 1; total <= 1000; total++) log.OnAddressRefused(Peer, total);
        Assert.Equal(10, lines.Lines.Length);
        Assert.StartsWith("Warning: 127.0.0.1:40000 has all the connections that one address may have; closed at once so far: 512.", lines.Lines[^1]);
    }

    [Fact]
    public void A_proxy_that_is_set_up_wrongly_is_trouble_and_one_that_looks_in_is_not()
    {
        log.OnProxyHeaderRefused(Peer, ProxyHeaderFault.NoSignature, 1);
        log.OnProxyHeaderRefused(Peer, ProxyHeaderFault.Incomplete, 2);
        log.OnProxyHeaderRefused(Peer, ProxyHeaderFault.BadAddress, 3);
        Assert.Equal(
            [
                "Warning: 127.0.0.1:40000 sent no good PROXY header (no-signature); connections closed for that so far: 1",
                "Debug: 127.0.0.1:40000 sent no good PROXY header (incomplete); connections closed for that so far: 2",
                "Debug: 127.0.0.1:40000 sent no good PROXY header (bad-address); connections closed for that so far: 3",
            ],
            lines.Lines);
    }

    [Fact]
    public void The_door_tells_the_rest()
    {
        log.OnPlainOnTls(Peer);
        log.OnStaleSocketRemoved("/run/s");
        log.OnThreadHeld("GET /slow", 300);
        log.OnCertificatesReloaded("CN=a until 2027-01-01");
        log.OnCertificatesKept("cannot use the certificate a.pem: broken.");
        Assert.Equal(
            [
                "Debug: 127.0.0.1:40000 HTTP refused: plain-http-on-tls-port after 0 requests",
                "Information: Removed /run/s, a socket that nobody listened on",
                "Warning: GET /slow has held a thread that connections share for 300 ms: they wait",
                "Information: New certificates in force: CN=a until 2027-01-01",
                "Warning: The certificates changed and cannot use the certificate a.pem: broken. The old ones stay in force",
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
