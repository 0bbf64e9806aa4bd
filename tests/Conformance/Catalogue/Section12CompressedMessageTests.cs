namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 12: permessage-deflate with messages of all sizes and kinds. RFC 7692 §6 and §7.2.</summary>
public sealed class Section12CompressedMessageTests(Testee testee) : IClassFixture<Testee>
{
    const int Messages = 5;

    static readonly (string Number, string Kind, int Opcode)[] Kinds = [("12.1", "JSON", 1), ("12.2", "picture", 2), ("12.3", "prose", 1), ("12.4", "noise", 2), ("12.5", "zeros", 2)];

    public static TheoryData<string, string, string, int, int> Rows
    {
        get
        {
            TheoryData<string, string, string, int, int> rows = [];
            foreach ((string number, string kind, _) in Kinds)
            {
                int row = 0;
                foreach (int length in new[] { 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072 }) rows.Add("RFC 7692 §7.2", $"{number}.{++row}", kind, length, int.MaxValue);
                foreach (int length in new[] { 8192, 16_384, 32_768, 65_536, 131_072 }) rows.Add("RFC 7692 §6.1", $"{number}.{++row}", kind, length, 256);
                foreach (int length in new[] { 16, 1024, 131_072 }) rows.Add("RFC 7692 §6.1", $"{number}.{++row}", kind, length, length > 10_000 ? 1300 : 1);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Messages_come_back(string clause, string number, string kind, int length, int fragment)
    {
        Assert.NotEmpty(clause + number);
        using CompressedTalk talk = await CompressedTalk.OpenAsync(testee.Port, "permessage-deflate");
        await talk.EchoAsync(Kinds.Single(row => row.Kind == kind).Opcode, [.. Enumerable.Range(0, Messages).Select(i => Payloads.Of(kind, length, seed: 1 + i / 2))], fragment);
        await talk.EndAsync();
    }

    /// <summary>RFC 7692 §7.1.1: what an earlier message said is referred to, and not said again.</summary>
    [Fact]
    public async Task A_server_that_keeps_context_makes_use_of_it()
    {
        byte[] noise = Payloads.Noise(2000);
        using CompressedTalk talk = await CompressedTalk.OpenAsync(testee.Port, "permessage-deflate");
        await talk.EchoAsync(2, [[.. noise, .. new byte[100]], [.. noise, .. new byte[100]]]);
        await talk.EndAsync();
        Assert.True(talk.Client.Inflater!.UsedContext);
        Assert.InRange(talk.Client.Compressed[1].Length, 1, 300);
    }

    [Fact]
    public async Task Sixteen_megabytes_come_back()
    {
        byte[] message = Payloads.Of("JSON", 1 << 20);
        byte[] large = [.. Enumerable.Repeat(message, 16).SelectMany(part => part)];
        using RawClient client = await RawClient.OpenAsync(testee.Port, "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");
        client.Inflater = new(false);
        await client.SendAsync(Frames.Of(1 | Frames.Rsv1, new PeerDeflater(15, false).Deflate(message)));
        Assert.Equal(Back.TextBytes(message), await client.ReceiveAsync());
        client.Inflater.IsOff = true; // the book is slow: of the large one the base library is asked alone
        Task<bool> sending = client.TrySendAsync([Frames.Of(1 | Frames.Rsv1, new PeerDeflater(15, false).Deflate(large)), Frames.Close(1000)]);
        await client.ReceiveMessageAsync();
        using System.IO.Compression.DeflateStream stream = new(new MemoryStream(client.Compressed[^1]), System.IO.Compression.CompressionMode.Decompress);
        byte[] inflated = new byte[large.Length];
        await stream.ReadExactlyAsync(inflated);
        Assert.True(inflated.AsSpan().SequenceEqual(large));
        Assert.Equal([Back.Close(1000)], await client.ReceiveToEndAsync());
        await sending;
    }
}
