using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using RawHttp.Wire;
using RawNet;

namespace RawHttp.Client;

/// <summary>A proxy that is asked for tunnels with CONNECT. RFC 9110 §9.3.6. Immutable; any thread.</summary>
public sealed class HttpProxy
{
    // The answer's head must fit: HttpLimits.MaxHeadBytes and a line more.
    const int MaxUnreadBytes = 64 * 1024;

    readonly string name;
    readonly byte[]? credentials;

    HttpProxy(Uri uri)
    {
        int port = uri.Port < 0 ? 80 : uri.Port;
        name = $"{uri.Host}:{port}";
        Address = new DnsEndPoint(uri.IdnHost.Trim('[', ']'), port);
        credentials = CredentialsOf(uri.UserInfo);
    }

    /// <summary>Where the proxy listens.</summary>
    public EndPoint Address { get; }

    /// <summary>Reads a proxy's URI.</summary>
    /// <param name="uri"><c>http://[user:password@]host[:port]</c>, port 80 unless named. User and password may be percent-encoded.</param>
    /// <exception cref="ArgumentException">It is of another kind: TLS to the proxy itself, for one, is not spoken.</exception>
    public static HttpProxy Of(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.Scheme != "http" || uri.Host.Length == 0 || uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
            throw new ArgumentException("A proxy is named as http://[user:password@]host[:port]; no other scheme is spoken to proxies.", nameof(uri));
        return new(uri);
    }

    /// <summary>Connects to a server through a tunnel, and does the client's side of the TLS handshake with it when it is secure.</summary>
    /// <param name="origin">The server; the proxy looks its name up.</param>
    /// <param name="tls">As for <see cref="Connector"/>.</param>
    /// <param name="cancellation">Ends what takes too long.</param>
    /// <returns>A channel to the server, whose <see cref="ByteChannel.RemoteEndPoint"/> is the proxy.</returns>
    /// <exception cref="HttpProxyException">The proxy can't be reached, or makes no tunnel.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server speaks no TLS that we accept, or does not prove its name.</exception>
    /// <exception cref="IOException">The server left during the TLS handshake.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ByteChannel> ConnectAsync(HttpOrigin origin, SslClientAuthenticationOptions? tls, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(origin);
        bool isReached = false;
        try
        {
            return await Connector.ConnectThroughAsync(Address, Ask, origin.IsSecure ? origin.Host : null, tls, cancellation).ConfigureAwait(false);
        }
        catch (SocketException nobody) when (!isReached)
        {
            throw new HttpProxyException($"The proxy {name} can't be reached: {nobody.Message}. Is it running, and is its address right?", inner: nobody);
        }

        Task Ask(ByteChannel channel)
        {
            isReached = true;
            return AskAsync(channel, origin);
        }
    }

    /// <summary>Asks for the tunnel: from then on the channel leads to the server.</summary>
    internal async Task AskAsync(ByteChannel channel, HttpOrigin origin)
    {
        try
        {
            ReadOnlyMemory<byte> request = RequestFor(origin);
            while (!request.IsEmpty) request = request[await channel.SendAsync(request).ConfigureAwait(false)..];
            ResponseHead answer = await ReadAnswerAsync(channel).ConfigureAwait(false);
            if (answer.Status is < 200 or > 299) throw Refusal(answer.Status, origin); // its content, if any, is lost with the connection
        }
        catch (Exception broken) when (broken is SocketException or (IOException and not HttpProxyException) or ObjectDisposedException)
        {
            throw new HttpProxyException($"The connection to the proxy {name} broke before it answered.", inner: broken);
        }
    }

    // RFC 9112 §3.2.3: authority-form, whose port is never left out; RFC 9110 §7.2: Host is the same.
    byte[] RequestFor(HttpOrigin origin)
    {
        byte[] authority = Encoding.ASCII.GetBytes(AuthorityOf(origin));
        byte[] head = new byte[128 + 2 * authority.Length + (credentials?.Length ?? 0)];
        var writer = new RequestHeadWriter(head);
        writer.RequestLine("CONNECT"u8, authority);
        writer.Field("Host"u8, authority);
        if (credentials is not null) writer.Field("Proxy-Authorization"u8, credentials);
        writer.End();
        return head[..writer.Length];
    }

    async Task<ResponseHead> ReadAnswerAsync(ByteChannel channel)
    {
        var reader = new ResponseHeadReader(HttpLimits.Default);
        var head = new ResponseHead();
        using var inbox = new ReceiveBuffer(MaxUnreadBytes);
        while (true)
        {
            ReadResult result = reader.Read(inbox.Unread, head);
            if (result.Status == ReadStatus.Invalid) throw new HttpProxyException($"The proxy {name} did not answer as one. {HttpFaults.DetailOf(result.Fault)}", fault: result.Fault);
            if (result.Status == ReadStatus.NeedMore)
            {
                int received = await channel.ReceiveAsync(inbox.Free).ConfigureAwait(false);
                if (received == 0) throw new HttpProxyException($"The proxy {name} ended the connection before it answered.");
                inbox.Commit(received);
                continue;
            }
            inbox.Consume(result.Consumed);
            if (head.Status is >= 100 and < 200 and not 101) continue; // RFC 9110 §15.2: an interim answer, and the real one follows
            // RFC 9110 §9.3.6: behind a 2xx head the tunnel begins, and a server that is asked first has nothing to say yet.
            if (head.Status / 100 == 2 && !inbox.IsEmpty) throw new HttpProxyException($"The proxy {name} sent bytes behind its answer before anything was asked.", head.Status);
            return head;
        }
    }

    HttpProxyException Refusal(int status, HttpOrigin origin) => new(status switch
    {
        407 when credentials is null => $"The proxy {name} wants to know who we are (407): write user:password@ in front of its host.",
        407 or 401 when credentials is not null => $"The proxy {name} does not take this user and password ({status}).", // tinyproxy says 401
        >= 500 => $"The proxy {name} can't reach {AuthorityOf(origin)} ({status}). Is that server running, and is its name known to the proxy?",
        _ => $"The proxy {name} makes no tunnel to {AuthorityOf(origin)}: it answered {status}. Many proxies allow port 443 only.",
    }, status);

    static string AuthorityOf(HttpOrigin origin) => origin.Authority.EndsWith($":{origin.Port}", StringComparison.Ordinal) ? origin.Authority : $"{origin.Authority}:{origin.Port}";

    // RFC 7617 §2: credentials are base64 of user-id ":" password, here in UTF-8 (§2.1).
    static byte[]? CredentialsOf(string userInfo)
    {
        if (userInfo.Length == 0) return null;
        string[] parts = userInfo.Split(':', 2);
        string user = Uri.UnescapeDataString(parts[0]), password = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        if (user.Contains(':', StringComparison.Ordinal)) throw new ArgumentException("A user's name holds no colon (RFC 7617 §2).", nameof(userInfo));
        return Encoding.ASCII.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }
}
