using System.Text;
using RawWebSocket.Deflate;
using RawWebSocket.Tests.Wire;
using RawWebSocket.Wire;

namespace RawWebSocket.Tests;

public sealed class WsPieceReaderTests
{
    static async Task<string> Next(WsPieceReader reader)
    {
        if (await reader.ReceiveAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)) is not { } piece) return "the end";
        return $"{(piece.IsText ? "text" : "bytes")} '{Encoding.UTF8.GetString(piece.Payload.Span)}'{(piece.IsLast ? " last" : "")}";
    }

    [Theory]
    [InlineData(WsRole.Server)]
    [InlineData(WsRole.Client)]
    public async Task Pieces_are_read_as_they_come_and_pings_in_between_are_answered(WsRole us)
    {
        var reader = new WsPieceReader();
        using var rig = new WsRig(reader, us);
        Assert.Same(rig.Connection, reader.Connection);
        byte[] first = Bytes.FrameFor(us, Opcode.Text, "one two"u8.ToArray(), isFinal: false);
        rig.Channel.Arrive(first.AsSpan(..^4));
        Assert.Equal("text 'one'", await Next(reader));
        Task<string> next = Next(reader);
        rig.Channel.Arrive(first.AsSpan(^4..));
        Assert.Equal("text ' two'", await next);
        next = Next(reader);
        rig.Arrive(Opcode.Ping, "?"u8.ToArray());
        Assert.Equal("Pong ?", rig.TakeSent());
        rig.Channel.Arrive(Bytes.FrameFor(us, Opcode.Continuation, []));
        Assert.Equal("text '' last", await next);
        next = Next(reader);
        rig.Arrive(Opcode.Binary, "whole"u8.ToArray());
        Assert.Equal("bytes 'whole' last", await next);
        next = Next(reader);
        rig.ArriveCloseAndEnd();
        Assert.Equal("the end", await next);
    }

    [Fact]
    public async Task A_message_that_breaks_off_ends_with_the_reason()
    {
        var reader = new WsPieceReader();
        using var rig = new WsRig(reader);
        rig.Channel.Arrive(Bytes.FrameFor(WsRole.Server, Opcode.Text, "begun"u8.ToArray(), isFinal: false));
        rig.Channel.ArriveEnd();
        Assert.Equal("text 'begun'", await Next(reader));
        WsClosedException closed = await Assert.ThrowsAsync<WsClosedException>(() => Next(reader));
        Assert.Equal(WsEnding.StreamEnded, closed.Ending);
    }

    /// <summary>A message far larger than a whole one may be goes through a connection that holds none of it.</summary>
    [Fact]
    public async Task A_large_message_is_stored_by_a_server_piece_by_piece()
    {
        const int Length = 3_000_000;
        var stored = new TaskCompletionSource<long>();
        await using var server = new LoopbackServer(() => new WsPieceReader(async pieces =>
        {
            long length = 0;
            await foreach (WsPiece piece in pieces.ReadAllAsync())
            {
                length += piece.Payload.Length;
                if (!piece.IsLast) continue;
                stored.SetResult(length);
                length = 0;
            }
        }), new() { Limits = new() { MaxMessageBytes = 1000, MaxMessageBytesInPieces = Length }, Compression = DeflateOptions.Default });
        var reader = new WsPieceReader();
        await using WsClient client = await WsClient.ConnectAsync(server.Uri, reader, new() { Connection = new() { Compression = DeflateOptions.Default } });
        Assert.NotNull(client.Connection.Compression);
        await client.Connection.SendAsync(WsMessage.OfBytes(new byte[Length / 1000]));
        Assert.Equal(Length / 1000, await stored.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        stored = new();
        byte[] noise = new byte[Length];
        new Random(5).NextBytes(noise);
        await client.Connection.SendAsync(WsMessage.OfBytes(noise));
        Assert.Equal(Length, await stored.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Before_the_connection_is_open_it_can_not_be_had()
    {
        Assert.Throws<InvalidOperationException>(() => new WsPieceReader().Connection);
        Assert.Throws<ArgumentNullException>(() => new WsPieceReader(null!));
    }
}
