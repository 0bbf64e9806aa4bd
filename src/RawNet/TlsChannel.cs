using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RawNet;

/// <summary>A channel over TLS: an <see cref="SslStream"/> on a socket and nothing else.</summary>
public sealed class TlsChannel : ByteChannel
{
    readonly Socket socket;
    readonly TransportStream transport;
    readonly SslStream stream;

    TlsChannel(Socket socket, TransportStream transport, SslStream stream, EndPoint? peer)
    {
        this.socket = socket;
        this.transport = transport;
        this.stream = stream;
        RemoteEndPoint = peer;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; }

    /// <inheritdoc/>
    public override bool IsSecure => true;

    /// <inheritdoc/>
    public override bool EndedInOrder => !transport.HasEnded;

    /// <summary>The certificate that we showed.</summary>
    internal X509Certificate? LocalCertificate => stream.LocalCertificate;

    /// <summary>Does the server's side of the TLS handshake on <paramref name="socket"/>.</summary>
    /// <param name="socket">A connected socket; it is taken over, and closed when the handshake fails.</param>
    /// <param name="certificates">The client gets the one whose name it asks for.</param>
    /// <param name="peer">Who is at the other end; behind a proxy another than the socket shows.</param>
    /// <param name="cancellation">Ends a handshake that takes too long.</param>
    /// <exception cref="AuthenticationException">The peer speaks no TLS we accept.</exception>
    /// <exception cref="IOException">The peer left.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static Task<TlsChannel> AcceptAsync(Socket socket, ServerCertificates certificates, EndPoint? peer, CancellationToken cancellation) =>
        StartAsync(socket, peer, stream => stream.AuthenticateAsServerAsync(ChooseCertificate, certificates, cancellation));

    /// <summary>Does the client's side of the TLS handshake on <paramref name="socket"/>; otherwise as <see cref="AcceptAsync"/>.</summary>
    public static Task<TlsChannel> ConnectAsync(Socket socket, SslClientAuthenticationOptions options, CancellationToken cancellation) =>
        StartAsync(socket, socket?.RemoteEndPoint, stream => stream.AuthenticateAsClientAsync(options, cancellation));

    static ValueTask<SslServerAuthenticationOptions> ChooseCertificate(SslStream stream, SslClientHelloInfo hello, object? certificates, CancellationToken cancellation) =>
        new(((ServerCertificates)certificates!).For(hello.ServerName).Options);

    static async Task<TlsChannel> StartAsync(Socket socket, EndPoint? peer, Func<SslStream, Task> handshake)
    {
        socket.Blocking = true; // a stream insists on it; it makes no call that blocks
        TransportStream transport = new(socket) { IsHandshaking = true };
        SslStream stream = new(transport);
        try
        {
            await handshake(stream).ConfigureAwait(false);
            transport.IsHandshaking = false;
            return new TlsChannel(socket, transport, stream, peer);
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            // A peer that begins with an alert makes the runtime complain of our settings, which it never asked for.
            if (failure is NotSupportedException or InvalidOperationException and not ObjectDisposedException) throw new AuthenticationException("The peer began with no handshake.", failure);
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
