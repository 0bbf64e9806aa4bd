using static Conformance.Catalogue.Frames;

namespace Conformance.Catalogue;

/// <summary>The ground of Autobahn's section 13: every combination of permessage-deflate's parameters, kept by both sides. RFC 7692 §7.1.</summary>
public sealed class Section13CompressionParameterTests(Testee testee) : IClassFixture<Testee>
{
    public static TheoryData<string, bool, bool, int> Combinations
    {
        get
        {
            TheoryData<string, bool, bool, int> rows = [];
            foreach (bool serverForgets in new[] { false, true })
                foreach (bool clientForgets in new[] { false, true })
                    foreach (int serverBits in new[] { 0, 8, 9, 10, 11, 12, 13, 14, 15 }) rows.Add("RFC 7692 §7.1", serverForgets, clientForgets, serverBits);
            return rows;
        }
    }

    /// <summary>One row, ten connections: client_max_window_bits left out, without a value, and with each.</summary>
    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task What_is_asked_for_is_answered_and_kept(string clause, bool serverForgets, bool clientForgets, int serverBits)
    {
        Assert.NotEmpty(clause);
        foreach (string clientBits in new[] { "", "; client_max_window_bits" }.Concat(Enumerable.Range(8, 8).Select(bits => $"; client_max_window_bits={bits}")))
        {
            string offer = "permessage-deflate" + (serverForgets ? "; server_no_context_takeover" : "") + (clientForgets ? "; client_no_context_takeover" : "")
                + (serverBits > 0 ? $"; server_max_window_bits={serverBits}" : "") + clientBits;
            using CompressedTalk talk = await CompressedTalk.OpenAsync(testee.Port, offer);
            Assert.True(talk.ServerForgets || !serverForgets, $"§7.1.1.1: {talk.Answer}");
            Assert.True(talk.ClientForgets == clientForgets, $"§7.1.1.2, and the testee keeps context unless the client asks otherwise: {talk.Answer}");
            Assert.Equal(serverBits > 0 ? serverBits : null, talk.ServerBits); // §7.1.2.1
            Assert.True(talk.ClientBits is null || clientBits.Length > 0, $"§7.1.2.2: {talk.Answer}");
            if (clientBits.Contains('=', StringComparison.Ordinal) && talk.ClientBits is int bits) Assert.InRange(bits, 8, int.Parse(clientBits.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture));
            await talk.EchoAsync(1, [Payloads.Of("JSON", 3000), "a"u8.ToArray(), [], Payloads.Of("JSON", 3000)]);
            await talk.EchoAsync(2, [Payloads.Noise(1000), Payloads.Noise(1000), new byte[3000]]);
            await talk.EndAsync();
        }
    }

    /// <summary>The first message repeats itself from just beyond the window, the second from well within it: only the latter gets small.</summary>
    [Theory]
    [InlineData("RFC 7692 §7.1.2.1", 8)]
    [InlineData("RFC 7692 §7.1.2.1", 9)]
    [InlineData("RFC 7692 §7.1.2.1", 10)]
    [InlineData("RFC 7692 §7.1.2.1", 11)]
    [InlineData("RFC 7692 §7.1.2.1", 12)]
    [InlineData("RFC 7692 §7.1.2.1", 13)]
    [InlineData("RFC 7692 §7.1.2.1", 14)]
    [InlineData("RFC 7692 §7.1.2.1", 15)]
    public async Task A_window_is_honestly_kept_and_used(string clause, int bits)
    {
        Assert.NotEmpty(clause);
        byte[] beyond = Payloads.Noise((1 << bits) + 1), within = Payloads.Noise(1 << (bits - 1), seed: 2);
        using CompressedTalk talk = await CompressedTalk.OpenAsync(testee.Port, $"permessage-deflate; server_max_window_bits={bits}");
        await talk.EchoAsync(2, [[.. beyond, .. new byte[600], .. beyond, .. new byte[600]]]);
        await talk.EchoAsync(2, [[.. within, .. within, .. within, .. within]]);
        await talk.EndAsync();
        Assert.InRange(talk.Client.Inflater!.LongestDistance, 1 << (bits - 1), 1 << bits);
        Assert.InRange(talk.Client.Compressed[^1].Length, within.Length, 3 * within.Length); // of four times as much, with its codes
    }

    /// <summary>And the server inflates what reaches back as far as the client may, to the byte.</summary>
    [Theory]
    [InlineData("RFC 7692 §7.1.2.2", 8)]
    [InlineData("RFC 7692 §7.1.2.2", 9)]
    [InlineData("RFC 7692 §7.1.2.2", 12)]
    [InlineData("RFC 7692 §7.1.2.2", 14)]
    [InlineData("RFC 7692 §7.1.2.2", 15)]
    public async Task A_match_may_reach_back_one_window_and_no_further(string clause, int bits)
    {
        Assert.NotEmpty(clause);
        foreach (bool isTooFar in new[] { false, true })
        {
            byte[] first = Payloads.Noise((1 << bits) + (isTooFar ? 1 : 0));
            using RawClient client = await RawClient.OpenAsync(testee.Port, $"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits={bits}\r\n");
            client.Inflater = new(true);
            await client.SendAsync(Of(2 | Rsv1, Stored(first)));
            Assert.Equal(Back.Binary(first), await client.ReceiveAsync());

            BitSink match = new();
            match.Put(0b010, 3);
            PeerDeflater.PutMatch(match, 5, Math.Min(first.Length, 32768));
            match.PutCode(0, 7);
            match.Put(0b000, 3);
            if (isTooFar && bits == 15) return; // no distance is larger
            await client.SendFramesAsync(Of(2 | Rsv1, match.ToArray()), Close(1000));
            Assert.Equal(isTooFar ? [Back.Close(1007)] : [Back.Binary(first[..5]), Back.Close(1000)], await client.ReceiveToEndAsync());
        }
    }

    /// <summary>A message in stored blocks. RFC 1951 §3.2.4.</summary>
    static byte[] Stored(byte[] message)
    {
        List<byte> blocks = [];
        for (int at = 0; at < message.Length; at += 65_535)
        {
            byte[] part = message[at..Math.Min(message.Length, at + 65_535)];
            blocks.AddRange([0, (byte)part.Length, (byte)(part.Length >> 8), (byte)~part.Length, (byte)(~part.Length >> 8), .. part]);
        }
        return [.. blocks, 0];
    }
}
