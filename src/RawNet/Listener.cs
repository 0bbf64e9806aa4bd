using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using RawNet.Wire;

namespace RawNet;

/// <summary>
/// Accepts connections at one or more addresses up to one cap, and runs each until it ends. The accept loops themselves end only when it is closed.
/// </summary>
public sealed class Listener : IDisposable
{
    const int FirstPauseMilliseconds = 50, LongestPauseMilliseconds = 1000;

    readonly List<ListeningSocket> sockets = [];
    readonly ListenerOptions options;
    readonly IListenerEvents events;
    readonly TimeProvider time;
    readonly AddressCounts addresses;
    long refused, refusedByAddress, proxyHeadersRefused;
    int open;
    volatile bool closed;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="ListenException">The address is in use, or not ours.</exception>
    public Listener(EndPoint address, ListenerOptions options, IListenerEvents events, TimeProvider time)
        : this([address], options, events, time)
    {
    }

    /// <summary>Binds and listens at several addresses, or at none of them when one fails. "All IPv6 addresses" takes in those of
    /// IPv4, unless one of the others does.</summary>
    /// <exception cref="ListenException">An address is in use, or not ours.</exception>
    public Listener(IReadOnlyList<EndPoint> addresses, ListenerOptions options, IListenerEvents events, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        (this.options, this.events, this.time) = (options, events, time);
        this.addresses = new(options.MaxConnectionsPerAddress);
        try
        {
            foreach (EndPoint address in addresses) Open(address, addresses);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Where it listens, in the order in which it was told: with the port that was picked when 0 was asked for.</summary>
    public IReadOnlyList<EndPoint> LocalEndPoints => [.. sockets.Select(socket => socket.LocalEndPoint)];

    /// <summary>The first of <see cref="LocalEndPoints"/>.</summary>
    public EndPoint LocalEndPoint => sockets[0].LocalEndPoint;

    /// <summary>Connections open now.</summary>
    public int OpenConnections => Volatile.Read(ref open);

    /// <summary>Connections closed at once since the cap was reached.</summary>
    public long RefusedConnections => Interlocked.Read(ref refused);

    /// <summary>Connections closed at once since their address had as many as it may.</summary>
    public long RefusedByAddress => Interlocked.Read(ref refusedByAddress);

    /// <summary>Connections of trusted peers closed since their PROXY header could not be read.</summary>
    public long RefusedProxyHeaders => Interlocked.Read(ref proxyHeadersRefused);

    /// <summary>Accepts until <see cref="Close"/>, and gives each connection to <paramref name="serve"/>.</summary>
    /// <param name="serve">Owns the channel: the connection counts as open until that is disposed. It returns when it has to wait, and lets no exception out.</param>
    public Task AcceptAsync(Action<ByteChannel> serve)
    {
        // Connections have nothing of the ambient state of who listens.
        using AsyncFlowControl flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.WhenAll([.. sockets.Select(socket => AcceptAsync(socket, serve))]);
    }

    /// <summary>Stops listening; open connections go on. The file of a Unix-domain socket is removed, unless another program listens there by now.</summary>
    public void Close()
    {
        closed = true;
        foreach (ListeningSocket socket in sockets) socket.Close();
    }

    /// <summary>The same as <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    void Open(EndPoint address, IReadOnlyList<EndPoint> all)
    {
        bool isDual = address is IPEndPoint everywhere && everywhere.Address.Equals(IPAddress.IPv6Any)
            && !all.Any(other => other is IPEndPoint { AddressFamily: AddressFamily.InterNetwork } ip4 && ip4.Port == everywhere.Port);
        ListeningSocket socket = ListeningSocket.Open(address, isDual, options);
        sockets.Add(socket);
        if (socket.RemovedStale) events.OnStaleSocketRemoved($"{address}");
    }

    async Task AcceptAsync(ListeningSocket socket, Action<ByteChannel> serve)
    {
        int pause = 0;
        while (!closed)
        {
            try
            {
                Socket accepted = await socket.AcceptAsync().ConfigureAwait(false);
                pause = 0;
                Take(accepted, socket.IsUnix, serve);
            }
            catch (SocketException failure) when (!closed)
            {
                // Without a pause a lack of descriptors would keep a core busy with failing accepts.
                events.OnAcceptFailed(failure.SocketErrorCode);
                pause = Math.Clamp(pause * 2, FirstPauseMilliseconds, LongestPauseMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), time).ConfigureAwait(false);
            }
            catch (Exception ending) when (closed && ending is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    void Take(Socket accepted, bool isUnix, Action<ByteChannel> serve)
    {
        Arrival arrival = new(accepted, isUnix);
        if (Interlocked.Increment(ref open) > options.MaxConnections)
        {
            Leave(arrival.Counted);
            events.OnRefused(Interlocked.Increment(ref refused)); // told before the peer can see it
            accepted.Dispose();
            return;
        }
        // A proxy is not counted under its own address: whom it brings is told by its header.
        if (!options.ProxyHeaderFrom.Contains(arrival.Peer) && !TryCount(arrival))
        {
            Leave(arrival.Counted);
            return;
        }
        if (options.ServesOnAcceptingThread) _ = ServeAsync(arrival, serve); // one that is busy lets go of it by itself: see Connection
        else ThreadPool.UnsafeQueueUserWorkItem(static of => _ = of.Me.ServeAsync(of.arrival, of.serve), (Me: this, arrival, serve), preferLocal: false);
    }

    bool TryCount(Arrival arrival)
    {
        if (!AddressCounts.Counts(arrival.Peer)) return true;
        IPAddress address = ((IPEndPoint)arrival.Peer!).Address;
        if (addresses.TryEnter(address))
        {
            arrival.Counted = address;
            return true;
        }
        events.OnAddressRefused(arrival.Peer, Interlocked.Increment(ref refusedByAddress));
        arrival.Socket.Dispose();
        return false;
    }

    // Nothing waits here while it is served: an open connection keeps no state machine of the listener's.
    async Task ServeAsync(Arrival arrival, Action<ByteChannel> serve)
    {
        ByteChannel? channel = null;
        try
        {
            channel = await OpenAsync(arrival).ConfigureAwait(false);
        }
        finally
        {
            if (channel is null) Leave(arrival.Counted);
        }
        if (channel is null) return;
        channel.TakePlace(this, arrival.Counted);
        serve(channel);
    }

    /// <summary>A connection is no longer open.</summary>
    /// <param name="address">What it was counted under; null for nothing.</param>
    internal void Leave(IPAddress? address)
    {
        if (address is not null) addresses.Leave(address);
        Interlocked.Decrement(ref open);
    }

    async ValueTask<ByteChannel?> OpenAsync(Arrival arrival)
    {
        ServerCertificates? tls = arrival.IsUnix ? null : options.Tls;
        bool tellsPeer = options.ProxyHeaderFrom.Contains(arrival.Peer);
        try
        {
            SocketOptions.Apply(arrival.Socket);
            if (tls is null && !tellsPeer) return new SocketChannel(arrival.Socket, arrival.Peer);
            using CancellationTokenSource late = new(TimeSpan.FromMilliseconds(options.HandshakeMilliseconds), time);
            if (tellsPeer && !await IsToldPeerWelcomeAsync(arrival, late.Token).ConfigureAwait(false)) return null;
            if (tls is null) return new SocketChannel(arrival.Socket, arrival.Peer);
            if (options.PlainOnTlsAnswer is { } answer && await PlainOnTls.IsAsync(arrival.Socket, late.Token).ConfigureAwait(false))
            {
                await RefusePlainAsync(arrival, answer(), late.Token).ConfigureAwait(false);
                return null;
            }
            return await TlsChannel.AcceptAsync(arrival.Socket, tls, arrival.Peer, late.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException or AuthenticationException)
        {
            arrival.Socket.Dispose();
            // The reason is the innermost: around it stands "see inner exception".
            if (tls is not null) events.OnHandshakeFailed(arrival.Peer, failure.GetBaseException().Message);
            return null;
        }
    }

    async ValueTask<bool> IsToldPeerWelcomeAsync(Arrival arrival, CancellationToken late)
    {
        ProxyHeader header = await ProxiedSocket.ReadHeaderAsync(arrival.Socket, late).ConfigureAwait(false);
        if (header.Fault != ProxyHeaderFault.None)
        {
            events.OnProxyHeaderRefused(arrival.Peer, header.Fault, Interlocked.Increment(ref proxyHeadersRefused));
            arrival.Socket.Dispose();
            return false;
        }
        if (header.Source is null) return true; // the proxy itself, or someone it does not name: who is trusted is not counted
        arrival.Peer = header.Source;
        return TryCount(arrival);
    }

    async ValueTask RefusePlainAsync(Arrival arrival, ReadOnlyMemory<byte> answer, CancellationToken late)
    {
        using Socket socket = arrival.Socket;
        events.OnPlainOnTls(arrival.Peer);
        await PlainOnTls.AnswerAsync(socket, answer, late).ConfigureAwait(false);
    }
}
