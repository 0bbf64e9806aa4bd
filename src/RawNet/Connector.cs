using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace RawNet;

/// <summary>Opens connections to others: the counterpart of <see cref="Listener"/>. Any thread.</summary>
public static class Connector
{
    /// <summary>Connects, and does the client's side of the TLS handshake when the server has a name to prove.</summary>
    /// <param name="address">A name and a port (<see cref="DnsEndPoint"/>, whose addresses are tried in turn), an address and a port, or the path of a Unix-domain socket.</param>
    /// <param name="tlsName">The name that the server's certificate must prove; null for a plain connection.</param>
    /// <param name="tls">
    /// How TLS is spoken; null for the system's versions and a certificate that the system trusts. Its <c>TargetHost</c>, when set,
    /// takes the place of <paramref name="tlsName"/>. One instance may serve all connections: it is not changed.
    /// </param>
    /// <param name="cancellation">Ends what takes too long, the handshake too.</param>
    /// <exception cref="SocketException">The name has no address, or nobody answers there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server speaks no TLS that we accept, or its certificate proves another name, or none that is trusted.</exception>
    /// <exception cref="IOException">The server left during the handshake.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<ByteChannel> ConnectAsync(EndPoint address, string? tlsName, SslClientAuthenticationOptions? tls, CancellationToken cancellation) =>
        ConnectThroughAsync(address, null, tlsName, tls, cancellation);

    /// <summary>As <see cref="ConnectAsync"/>, through one who stands at the address.</summary>
    /// <param name="address">As there.</param>
    /// <param name="agree">
    /// Asks for the way to the server, before TLS and in clear text; it sends and receives not a byte more than that takes. Cancelling aborts
    /// its channel. Null when nobody stands between.
    /// </param>
    /// <param name="tlsName">As there.</param>
    /// <param name="tls">As there.</param>
    /// <param name="cancellation">As there.</param>
    /// <remarks>It throws what the other one throws, and what <paramref name="agree"/> does.</remarks>
    public static async Task<ByteChannel> ConnectThroughAsync(
        EndPoint address, Func<ByteChannel, Task>? agree, string? tlsName, SslClientAuthenticationOptions? tls, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        Socket socket = SocketFor(address);
        try
        {
            await socket.ConnectAsync(address, cancellation).ConfigureAwait(false);
            SocketOptions.Apply(socket);
            SocketChannel plain = new(socket);
            if (agree is not null) await AgreeAsync(plain, agree, cancellation).ConfigureAwait(false);
            if (tlsName is null) return plain;
            return await TlsChannel.ConnectAsync(socket, OptionsFor(tlsName, tls ?? new()), cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async Task AgreeAsync(SocketChannel plain, Func<ByteChannel, Task> agree, CancellationToken cancellation)
    {
        try
        {
            using (cancellation.UnsafeRegister(static channel => ((ByteChannel)channel!).Abort(), plain))
                await agree(plain).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation); // what failed was aborted by us
        }
        cancellation.ThrowIfCancellationRequested();
    }

    // A name may have addresses of both families: such a socket takes either.
    static Socket SocketFor(EndPoint address) => address switch
    {
        UnixDomainSocketEndPoint => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified),
        IPEndPoint => new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp),
        _ => new(SocketType.Stream, ProtocolType.Tcp),
    };

    // The name differs from connection to connection, so it can't be set in what is shared.
    internal static SslClientAuthenticationOptions OptionsFor(string name, SslClientAuthenticationOptions shared)
    {
        SslClientAuthenticationOptions own = new()
        {
            TargetHost = string.IsNullOrEmpty(shared.TargetHost) ? name : shared.TargetHost,
            AllowRenegotiation = shared.AllowRenegotiation,
            AllowTlsResume = shared.AllowTlsResume,
            ApplicationProtocols = shared.ApplicationProtocols,
            CertificateChainPolicy = shared.CertificateChainPolicy,
            CertificateRevocationCheckMode = shared.CertificateRevocationCheckMode,
            CipherSuitesPolicy = shared.CipherSuitesPolicy,
            ClientCertificateContext = shared.ClientCertificateContext,
            ClientCertificates = shared.ClientCertificates,
            EnabledSslProtocols = shared.EnabledSslProtocols,
            EncryptionPolicy = shared.EncryptionPolicy,
            LocalCertificateSelectionCallback = shared.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = shared.RemoteCertificateValidationCallback,
        };
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return own;
        own.AllowRsaPkcs1Padding = shared.AllowRsaPkcs1Padding;
        own.AllowRsaPssPadding = shared.AllowRsaPssPadding;
        return own;
    }
}
