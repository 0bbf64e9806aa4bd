using System.IO.Compression;

namespace Conformance.Catalogue;

/// <summary>
/// A connection with compression as it was agreed: what we send is deflated within our part of it, what comes is inflated by the book, and
/// once more by the base library, and judged by the server's part. RFC 7692 §7.1.
/// </summary>
sealed class CompressedTalk : IDisposable
{
    readonly PeerDeflater deflater;
    readonly List<byte[]> plain = [];

    CompressedTalk(RawClient client)
    {
        (Client, Answer) = (client, client.Field("Sec-WebSocket-Extensions") ?? throw new Xunit.Sdk.XunitException("the offer was declined"));
        string[] parameters = [.. Answer.Split(';').Select(part => part.Trim())];
        Assert.Equal("permessage-deflate", parameters[0]);
        Assert.Distinct(parameters.Select(parameter => parameter.Split('=')[0]));
        (ServerForgets, ClientForgets) = (parameters.Contains("server_no_context_takeover"), parameters.Contains("client_no_context_takeover"));
        (ServerBits, ClientBits) = (BitsOf(parameters, "server_max_window_bits"), BitsOf(parameters, "client_max_window_bits"));
        client.Inflater = new(!ServerForgets);
        deflater = new(ClientBits ?? 15, !ClientForgets);
    }

    public RawClient Client { get; }

    public string Answer { get; }

    public bool ServerForgets { get; }

    public bool ClientForgets { get; }

    public int? ServerBits { get; }

    public int? ClientBits { get; }

    public static async Task<CompressedTalk> OpenAsync(int port, string offer) => new(await RawClient.OpenAsync(port, $"Sec-WebSocket-Extensions: {offer}\r\n"));

    /// <summary>A compressed message, in fragments when told so; only the first bears RSV1 (RFC 7692 §6.1).</summary>
    public byte[][] Frames(int opcode, byte[] message, int fragment = int.MaxValue) =>
        [.. Catalogue.Frames.Fragmented(opcode | Catalogue.Frames.Rsv1, deflater.Deflate(message), fragment)];

    /// <summary>Sends messages compressed, and sees each come back.</summary>
    public async Task EchoAsync(int opcode, byte[][] messages, int fragment = int.MaxValue)
    {
        Task<bool> sending = Client.TrySendAsync([.. messages.SelectMany(message => Frames(opcode, message, fragment))]);
        foreach (byte[] message in messages)
        {
            (int Opcode, ReadOnlyMemory<byte> Payload)? got = await Client.ReceiveMessageAsync();
            Assert.Equal(opcode, got?.Opcode);
            Assert.True(got!.Value.Payload.Span.SequenceEqual(message), $"another message than the one of {message.Length} bytes that was sent");
            plain.Add(message);
        }
        Assert.True(await sending, "the server took not all");
    }

    /// <summary>Closes, and judges all that came.</summary>
    public async Task EndAsync()
    {
        await Client.SendAsync(Catalogue.Frames.Close(1000));
        Assert.Equal([Back.Close(1000)], await Client.ReceiveToEndAsync());
        Assert.InRange(Client.Inflater!.LongestDistance, 0, 1 << (ServerBits ?? 15));
        Assert.False(ServerForgets && Client.Inflater.UsedContext, "the server referred to an earlier message, which it had promised not to");
        await AskTheBaseLibraryAsync();
    }

    async Task AskTheBaseLibraryAsync()
    {
        if (Client.Compressed.Count < plain.Count) return; // some came plain
        byte[][] streams = ServerForgets ? [.. Client.Compressed] : [[.. Client.Compressed.SelectMany(message => message)]];
        byte[][] expected = ServerForgets ? [.. plain] : [[.. plain.SelectMany(message => message)]];
        for (int i = 0; i < streams.Length; i++)
        {
            using DeflateStream stream = new(new MemoryStream(streams[i]), CompressionMode.Decompress);
            byte[] inflated = new byte[expected[i].Length];
            await stream.ReadExactlyAsync(inflated);
            Assert.True(inflated.AsSpan().SequenceEqual(expected[i]), "the base library inflates it otherwise");
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        deflater.Dispose();
    }

    static int? BitsOf(string[] parameters, string name)
    {
        string? value = parameters.FirstOrDefault(parameter => parameter.StartsWith(name, StringComparison.Ordinal));
        if (value is null) return null;
        int bits = int.Parse(value[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(bits, 8, 15);
        return bits;
    }
}
