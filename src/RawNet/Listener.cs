using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace RawNet;

/// <summary>How a listener takes connections in.</summary>
public sealed record ListenerOptions
{
    /// <summary>Most connections at a time. One more is accepted and closed at once, and counted.</summary>
    /// <value>What the descriptor limit in force leaves room for.</value>
    public int MaxConnections { get; init; } = DescriptorLimit.ConnectionsFor(DescriptorLimit.InForce());

    /// <summary>Connections the kernel keeps for us until we accept them.</summary>
    /// <value>1,024; the kernel may cap it.</value>
    public int Backlog { get; init; } = 1024;

    /// <summary>TLS settings, shared by all connections; null for plain connections.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>How long a TLS handshake may take, in milliseconds.</summary>
    /// <value>10 s.</value>
    public int HandshakeMilliseconds { get; init; } = 10_000;
}

/// <summary>What happens at the door, for logs and counters. Called on the accepting thread: be short.</summary>
public interface IListenerEvents
{
    /// <summary>A connection was closed at once, since the cap is reached. <paramref name="total"/> so far.</summary>
    void OnRefused(long total);

    /// <summary>Accepting failed; it goes on after a pause.</summary>
    void OnAcceptFailed(SocketError reason);

    /// <summary>A peer did not complete the TLS handshake.</summary>
    void OnHandshakeFailed(EndPoint? peer, string reason);
}

/// <summary>Accepts connections up to a cap and runs each until it ends. The accept loop itself ends only when it is closed.</summary>
public sealed class Listener : IDisposable
{
    const int FirstPauseMilliseconds = 50, LongestPauseMilliseconds = 1000;

    readonly Socket socket;
    readonly ListenerOptions options;
    readonly IListenerEvents events;
    readonly TimeProvider time;
    long refused;
    int open;
    volatile bool closed;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="SocketException">The address is in use, or not ours.</exception>
    public Listener(EndPoint address, ListenerOptions options, IListenerEvents events, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(address);
        (this.options, this.events, this.time) = (options, events, time);
        ProtocolType protocol = address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        socket = new Socket(address.AddressFamily, SocketType.Stream, protocol);
        try
        {
            // On Unix .NET binds so that a restart may take the port over from connections that linger.
            socket.Bind(address);
            socket.Listen(options.Backlog);
            LocalEndPoint = socket.LocalEndPoint!;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens: the port that was picked when 0 was asked for.</summary>
    public EndPoint LocalEndPoint { get; }

    /// <summary>Connections open now.</summary>
    public int OpenConnections => Volatile.Read(ref open);

    /// <summary>Connections closed at once since the cap was reached.</summary>
    public long RefusedConnections => Interlocked.Read(ref refused);

    /// <summary>Accepts until <see cref="Close"/>, and runs <paramref name="serve"/> for each connection.</summary>
    /// <param name="serve">Owns the channel, runs until the connection ends, and lets no exception out.</param>
    public async Task AcceptAsync(Func<ByteChannel, Task> serve)
    {
        int pause = 0;
        while (!closed)
        {
            try
            {
                Socket accepted = await socket.AcceptAsync().ConfigureAwait(false);
                pause = 0;
                Take(accepted, serve);
            }
            catch (SocketException failure) when (!closed)
            {
                // Without a pause a lack of descriptors would keep a core busy with failing accepts.
                events.OnAcceptFailed(failure.SocketErrorCode);
                pause = Math.Clamp(pause * 2, FirstPauseMilliseconds, LongestPauseMilliseconds);
                await Task.Delay(TimeSpan.FromMilliseconds(pause), time).ConfigureAwait(false);
            }
            catch (Exception ending) when (closed && ending is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Stops listening; open connections go on.</summary>
    public void Close()
    {
        closed = true;
        socket.Dispose();
    }

    /// <summary>The same as <see cref="Close"/>.</summary>
    public void Dispose() => Close();

    void Take(Socket accepted, Func<ByteChannel, Task> serve)
    {
        if (Interlocked.Increment(ref open) > options.MaxConnections)
        {
            Interlocked.Decrement(ref open);
            accepted.Dispose();
            events.OnRefused(Interlocked.Increment(ref refused));
            return;
        }
        // Not on this thread, which a busy connection would keep from accepting; and without the ambient state of the accept loop.
        ThreadPool.UnsafeQueueUserWorkItem(static of => _ = of.Me.ServeAsync(of.accepted, of.serve), (Me: this, accepted, serve), preferLocal: false);
    }

    async Task ServeAsync(Socket accepted, Func<ByteChannel, Task> serve)
    {
        try
        {
            if (await OpenAsync(accepted).ConfigureAwait(false) is { } channel) await serve(channel).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }

    async ValueTask<ByteChannel?> OpenAsync(Socket accepted)
    {
        EndPoint? peer = null;
        try
        {
            peer = accepted.RemoteEndPoint;
            SocketOptions.Apply(accepted);
            if (options.Tls is null) return new SocketChannel(accepted);
            using CancellationTokenSource late = new(TimeSpan.FromMilliseconds(options.HandshakeMilliseconds), time);
            return await TlsChannel.AcceptAsync(accepted, options.Tls, late.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            accepted.Dispose();
            if (options.Tls is not null) events.OnHandshakeFailed(peer, failure.Message);
            return null;
        }
    }
}
