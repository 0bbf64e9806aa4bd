namespace Conformance.Catalogue;

/// <summary>The server under test, in this process: <c>rawrealtime testee</c>, which echoes every message.</summary>
public sealed class Testee : IAsyncLifetime
{
    readonly RunningServer server = RunningServer.Start(new() { IsTestee = true });

    public int Port => server.Port;

    /// <summary>Connections that are open now.</summary>
    public int OpenConnections => server.OpenConnections;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    /// <summary>
    /// Plays a row on connections of its own: all frames in one piece, each frame by itself, and in pieces of one byte
    /// (of 997 when there are many).
    /// </summary>
    internal async Task PlayAsync(Case[] cases, string clause, string name, string? offer = null)
    {
        Case row = cases.Single(one => (one.Clause, one.Name) == (clause, name));
        byte[] whole = [.. row.Sent.SelectMany(frame => frame)];
        await PlayAsync(row, [whole], int.MaxValue, offer);
        await PlayAsync(row, row.Sent, int.MaxValue, offer);
        await PlayAsync(row, [whole], whole.Length <= 1024 ? 1 : 997, offer);
    }

    async Task PlayAsync(Case row, byte[][] sent, int piece, string? offer)
    {
        using RawClient client = await RawClient.OpenAsync(Port, offer is null ? "" : $"Sec-WebSocket-Extensions: {offer}\r\n");
        if (offer is not null) client.Inflater = new(keepsContext: true);
        Task<bool> sending = client.TrySendAsync(sent, piece);
        Assert.Equal(row.Back, await client.ReceiveToEndAsync());
        await sending;
    }
}
