using RawHttp.Wire;
using RawNet;

namespace RawHttp.Tests;

public class BodyStreamTests
{
    static string Answer(string requestLine)
    {
        using var peer = new Peer(exchange =>
        {
            BodyStream stream = exchange.Response.StartStream(200, "text/plain"u8);
            stream.TryWrite("abc"u8);
            stream.TryWrite(default);
            SharedBytes shared = SharedBytes.Rent(ChunkWriter.FramedLength(2000));
            ChunkWriter.Write(shared.Span, Bytes.Of(new string('x', 2000)));
            stream.TryWriteFramed(shared);
            shared.Release();
            stream.TryWrite(Bytes.Of(new string('y', 2000)));
            stream.End();
            stream.End();
        });
        peer.Channel.Arrive($"{requestLine}\r\nHost: a\r\n\r\n");
        Assert.Empty(peer.Bugs);
        return peer.Sent;
    }

    static readonly string X = new('x', 2000), Y = new('y', 2000);

    [Fact]
    public void Chunks_on_HTTP_1_1() =>
        Assert.EndsWith($"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n7d0\r\n{X}\r\n7d0\r\n{Y}\r\n0\r\n\r\n", Answer("GET / HTTP/1.1"));

    [Fact]
    public void Until_the_connection_ends_on_HTTP_1_0()
    {
        string answer = Answer("GET / HTTP/1.0");
        Assert.EndsWith($"\r\nConnection: close\r\n\r\nabc{X}{Y}", answer);
        Assert.DoesNotContain("Transfer-Encoding", answer);
    }

    [Fact]
    public void Nothing_for_HEAD()
    {
        string answer = Answer("HEAD / HTTP/1.1");
        Assert.EndsWith("Transfer-Encoding: chunked\r\n\r\n", answer);
    }

    [Fact]
    public async Task A_full_queue_refuses_a_piece_and_tells_when_there_is_room()
    {
        BodyStream? stream = null;
        int told = 0;
        using var peer = new Peer(exchange => { stream = exchange.Response.StartStream(200, "text/plain"u8); exchange.Hold(new Nobody(), long.MaxValue); },
            new HttpServerOptions { Sending = new() { MaxBytes = 4096 } });
        peer.Channel.SendsStall = true;
        peer.Channel.Arrive("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.True(stream!.TryWrite(new byte[3000]));
        Assert.False(stream.TryWrite(new byte[3000]));
        Assert.False(stream.HasRoom);
        Assert.True(stream.NotifyWhenRoom(() => told++));
        peer.Channel.SendsStall = false;
        Assert.Equal(1, told);
        Assert.True(stream.TryWrite(new byte[3000]));
        await peer.EndAsync();
    }

    sealed class Nobody : IHeldExchange
    {
        public void OnPeerGone()
        {
        }

        public void OnDraining()
        {
        }

        public void OnDue(long nowMilliseconds)
        {
        }
    }
}
