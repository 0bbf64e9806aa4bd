using Xunit.Abstractions;

namespace Conformance.Catalogue;

/// <summary>What an idle WebSocket costs more where compression was agreed on: at most 2 KiB. docs/limits.md.</summary>
public sealed class IdleMemoryTests(ITestOutputHelper output)
{
    const int Connections = 2000;

    /// <summary>
    /// In one process, after some hundred of both as a warm-up: so many without compression, and as many with it, each of which had a message
    /// compressed in both directions. Garbage is collected often, so that what is resident is what is held.
    /// </summary>
    [SkippableFact]
    public async Task Agreed_compression_costs_an_idle_connection_at_most_2_KiB()
    {
        await using ServedMemory served = await ServedMemory.StartAsync(("DOTNET_GCgen0size", "0x40000"), ("DOTNET_gcConcurrent", "0"));
        List<RawClient> clients = [];
        try
        {
            await OpenAsync(served.Port, clients, 300, "");
            await OpenAsync(served.Port, clients, 300, Compressed);
            long[] resident = [served.Resident(), 0, 0, 0, 0];
            foreach ((int step, string fields) in new[] { (1, ""), (2, Compressed), (3, Compressed), (4, "") }) // what grows with time alone counts for both
            {
                await OpenAsync(served.Port, clients, Connections / 2, fields);
                resident[step] = served.Resident();
            }
            long plain = (resident[1] - resident[0] + resident[4] - resident[3]) / Connections, compressed = (resident[3] - resident[1]) / Connections, more = compressed - plain;
            output.WriteLine($"{plain} bytes a connection without compression, {compressed} with it: {more} more");
            Assert.InRange(more, long.MinValue, 2048);
        }
        finally
        {
            foreach (RawClient client in clients) client.Dispose();
        }
    }

    const string Compressed = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

    static async Task OpenAsync(int port, List<RawClient> clients, int count, string fields)
    {
        byte[] message = Payloads.Of("JSON", 1000);
        byte[] frame = fields.Length == 0 ? Frames.TextBytes(message) : Frames.Of(1 | Frames.Rsv1, new PeerDeflater(15, false).Deflate(message));
        string expected = Back.TextBytes(message);
        for (int i = 0; i < count; i++)
        {
            RawClient client = await RawClient.OpenAsync(port, fields);
            clients.Add(client);
            if (fields.Length > 0) client.Inflater = new(keepsContext: false);
            await client.SendAsync(frame);
            Assert.Equal(expected, await client.ReceiveAsync());
        }
    }
}
