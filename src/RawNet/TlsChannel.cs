using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace RawNet;

/// <summary>A channel over TLS: an <see cref="SslStream"/> on a socket and nothing else.</summary>
public sealed class TlsChannel : ByteChannel
{
    readonly Socket socket;
    readonly SslStream stream;

    TlsChannel(Socket socket, SslStream stream)
    {
        this.socket = socket;
        this.stream = stream;
        RemoteEndPoint = socket.RemoteEndPoint;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; }

    /// <inheritdoc/>
    public override bool IsSecure => true;

    /// <summary>Does the server's side of the TLS handshake on <paramref name="socket"/>.</summary>
    /// <param name="socket">A connected socket; it is taken over, and closed when the handshake fails.</param>
    /// <param name="options">Shared by all connections: a certificate context made per connection leaks native memory on Linux.</param>
    /// <param name="cancellation">Ends a handshake that takes too long.</param>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The peer speaks no TLS we accept.</exception>
    /// <exception cref="IOException">The peer left.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static Task<TlsChannel> AcceptAsync(Socket socket, SslServerAuthenticationOptions options, CancellationToken cancellation) =>
        StartAsync(socket, stream => stream.AuthenticateAsServerAsync(options, cancellation));

    /// <summary>Does the client's side of the TLS handshake on <paramref name="socket"/>; otherwise as <see cref="AcceptAsync"/>.</summary>
    public static Task<TlsChannel> ConnectAsync(Socket socket, SslClientAuthenticationOptions options, CancellationToken cancellation) =>
        StartAsync(socket, stream => stream.AuthenticateAsClientAsync(options, cancellation));

    static async Task<TlsChannel> StartAsync(Socket socket, Func<SslStream, Task> handshake)
    {
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await handshake(stream).ConfigureAwait(false);
            return new TlsChannel(socket, stream);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReceiveAsync(Memory<byte> into) => stream.ReadAsync(into);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes).ConfigureAwait(false);
        return bytes.Length;
    }

    /// <inheritdoc/>
    public override async ValueTask EndSendingAsync()
    {
        await stream.ShutdownAsync().ConfigureAwait(false);
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <inheritdoc/>
    public override void Abort() => SocketChannel.Reset(socket);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => stream.Dispose();
}
