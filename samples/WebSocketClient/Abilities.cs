using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using RawHttp.Client;
using RawNet;
using RawWebSocket;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace WebSocketClient;

/// <summary>One method per ability. The regions stand in docs/websocket-api.md, word for word.</summary>
static class Abilities
{
    public static async Task PullAsync(Uri uri)
    {
        #region pull
        await using WsClient client = await WsClient.ConnectAsync(uri);
        await client.Connection.SendTextAsync("hello");
        await client.Connection.SendAsync(WsMessage.OfBytes(new byte[] { 1, 2, 3 }));
        await foreach (WsMessage message in client.ReadAllAsync())
        {
            Console.WriteLine(message.IsText ? message.AsText() : $"{message.Payload.Length} bytes");
            if (!message.IsText) break;
        }
        #endregion
    }

    public static async Task BeToldAsync(Uri uri)
    {
        #region told
        WsClient client = await WsClient.ConnectAsync(uri, new Printer());
        client.Connection.TrySendText("hello"u8);
        WsEnding ending = await client.Completion; // Printer closes after one message
        Console.WriteLine(ending);
        #endregion
    }

    #region printer
    sealed class Printer : IWsHandler
    {
        public ValueTask OnMessageAsync(WsConnection connection, WsMessage message)
        {
            Console.WriteLine(message.AsText());
            connection.Close(CloseCode.Normal, "seen enough");
            return default; // what it awaits holds the peer back
        }

        public void OnClosed(WsConnection connection, WsEnding ending) => Console.WriteLine($"{ending} {(int)connection.CloseCode} {connection.CloseReason}");
    }
    #endregion

    public static async Task AskForMoreAsync(Uri uri)
    {
        #region fields
        await using WsClient client = await WsClient.ConnectAsync(uri, options: new()
        {
            Subprotocols = ["chat.v2", "chat.v1"],
            Fields = [new("Authorization", "Bearer 3fb1"), new("Origin", $"http://{uri.Authority}")],
            OpenSeconds = 5,
            Connection = new()
            {
                Compression = DeflateOptions.Default,
                KeepAliveSeconds = 20,
                PongWaitSeconds = 5,
                Limits = new() { MaxMessageBytes = 4 << 20 },
            },
        });
        Console.WriteLine(client.Connection.Subprotocol ?? "no subprotocol");
        Console.WriteLine(client.Connection.Compression is null ? "plain" : "compressed");
        #endregion
    }

    public static async Task TrustOwnAuthorityAsync(Uri uri, string caFile)
    {
        #region secure
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(caFile);
        SslClientAuthenticationOptions tls = new()
        {
            CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck, // a CA of one's own seldom publishes revocations
            },
        };
        await using WsClient client = await WsClient.ConnectAsync(uri, options: new() { Tls = tls }); // a wss: URI
        #endregion
        Console.WriteLine(client.Connection.IsOpen);
    }

    public static async Task GoThroughProxyAsync(Uri uri, Uri proxy)
    {
        #region proxy
        try
        {
            await using WsClient client = await WsClient.ConnectAsync(uri, options: new() { Proxy = proxy }); // http://user:password@host:port
            Console.WriteLine(client.Connection.RemoteEndPoint); // the proxy
        }
        catch (HttpProxyException refused)
        {
            Console.WriteLine($"{refused.Status}: {refused.Message}");
        }
        #endregion
    }

    public static async Task PingAsync(Uri uri)
    {
        #region ping
        await using WsClient client = await WsClient.ConnectAsync(uri);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        TimeSpan roundTrip = await client.Connection.PingAsync(patience.Token);
        Console.WriteLine($"{roundTrip.TotalMilliseconds:0.00} ms");
        #endregion
    }

    public static async Task CloseAsync(Uri uri)
    {
        #region close
        await using WsClient client = await WsClient.ConnectAsync(uri);
        client.Connection.Close(CloseCode.GoingAway, "lunch");
        try
        {
            WsMessage? end = await client.ReceiveAsync(); // null: both sides said goodbye, and messages that still came were dropped
            Console.WriteLine($"{end is null}: {(int)client.Connection.CloseCode} {client.Connection.CloseReason}");
        }
        catch (WsClosedException other) // cut off, timed out, a rule broken: its message says what to do
        {
            Console.WriteLine($"{other.Ending}: {other.Message}");
        }
        #endregion
    }

    public static async Task ReadPiecesAsync(Uri uri)
    {
        #region pieces
        WsPieceReader pieces = new();
        WsOptions large = new() { Limits = new() { MaxMessageBytesInPieces = 1L << 40 } };
        await using WsClient client = await WsClient.ConnectAsync(uri, pieces, new() { Connection = large });
        await client.Connection.SendAsync(WsMessage.OfBytes(new byte[500_000]));
        long length = 0;
        await foreach (WsPiece piece in pieces.ReadAllAsync())
        {
            length += piece.Payload.Length; // write it to a file; nobody holds the whole message
            if (piece.IsLast) break;
        }
        Console.WriteLine($"{length} bytes");
        #endregion
    }

    public static async Task ReadSlowlyAsync(Uri uri)
    {
        #region slow
        await using WsClient client = await WsClient.ConnectAsync(uri);
        for (int i = 0; i < 3; i++) await client.Connection.SendTextAsync($"{i}");
        while (await NextWithinAsync(client, TimeSpan.FromSeconds(1)) is { } message)
        {
            Console.WriteLine(message.AsText());
            await Task.Delay(200); // meanwhile nothing is read, and the peer's own queue fills
        }
        #endregion
    }

    #region within
    static async Task<WsMessage?> NextWithinAsync(WsClient client, TimeSpan time)
    {
        using CancellationTokenSource patience = new(time);
        try
        {
            return await client.ReceiveAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null; // the connection lives on, and no message is lost
        }
    }
    #endregion

    public static async Task SendFromAnywhereAsync(Uri uri)
    {
        #region send
        await using WsClient client = await WsClient.ConnectAsync(uri, options: new() { Sending = new SendQueueOptions { MaxBytes = 64 * 1024 } });
        Task reading = Task.Run(async () =>
        {
            int echoes = 0;
            await foreach (WsMessage message in client.ReadAllAsync())
                if (++echoes == 300) return;
        });
        Task[] writers = [.. Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
                if (!await client.Connection.SendTextAsync($"{writer}: {i}")) return; // it waits for room; false: not open any more
        }))];
        await Task.WhenAll(writers);
        await reading;
        #endregion
        Console.WriteLine("all echoed");
    }
}
