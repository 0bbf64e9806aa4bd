using System.Text;
using RawWebSocket.Deflate;
using RawWebSocket.Wire;
using Testing;

namespace RawWebSocket.Tests.Deflate;

public sealed class DeflateParametersTests
{
    // Two messages that are the same: the second is shorter when it may refer to the first, unless 300 bytes are beyond the window.
    static readonly byte[] Message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"{i * 7919 % 10007:x5}")));

    static (int First, int Second) Sizes(DeflateParameters agreed, WsRole us)
    {
        using MessageDeflater deflater = agreed.DeflaterOf(us, DeflateLevel.Fast);
        using MessageInflater inflater = agreed.InflaterOf(us == WsRole.Server ? WsRole.Client : WsRole.Server);
        return (Through(deflater, inflater), Through(deflater, inflater));
    }

    static int Through(MessageDeflater deflater, MessageInflater inflater)
    {
        byte[] output = new byte[MessageDeflater.MaxLength(Message.Length)], back = new byte[Message.Length];
        int length = deflater.Deflate(Message, output), inflated = 0;
        ReadOnlySpan<byte> input = output.AsSpan(0, length);
        Assert.Equal(InflateStatus.NeedInput, inflater.Inflate(ref input, back, ref inflated));
        Assert.True(inflater.TryEndMessage(back.AsSpan(0, inflated)));
        Assert.Equal(Message, back);
        return length;
    }

    [Theory]
    [InlineData("7.1.1.1 the server's context", WsRole.Server, false, true, 15, 15, true)]
    [InlineData("7.1.1.1 not kept", WsRole.Server, true, false, 15, 15, false)]
    [InlineData("7.1.1.2 the client's context", WsRole.Client, true, false, 15, 15, true)]
    [InlineData("7.1.1.2 not kept", WsRole.Client, false, true, 15, 15, false)]
    [InlineData("7.1.2.1 the server's window", WsRole.Server, false, false, 8, 15, false)]
    [InlineData("7.1.2.1 the server's window", WsRole.Server, false, false, 9, 8, true)]
    [InlineData("7.1.2.2 the client's window", WsRole.Client, false, false, 15, 8, false)]
    [InlineData("7.1.2.2 the client's window", WsRole.Client, false, false, 8, 9, true)]
    public void Each_direction_keeps_its_own(string rule, WsRole sender, bool serverForgets, bool clientForgets, int serverBits, int clientBits, bool refersBack)
    {
        (int first, int second) = Sizes(new(serverForgets, clientForgets, serverBits, clientBits), sender);
        Assert.True(refersBack == second < first / 4, $"{rule}: {first}, then {second}");
    }

    [Fact] // resident memory tells nothing so small: thousands of connections differ by more from run to run
    public void What_an_idle_connection_keeps_for_compression_is_at_most_2_KiB()
    {
        byte[] output = new byte[MessageDeflater.MaxLength(Message.Length)], back = new byte[Message.Length];
        int held = -1;
        long allocated = Allocated.Least(() =>
        {
            MessageDeflater deflater = new DeflateParameters(true, true, 15, 15).DeflaterOf(WsRole.Server, DeflateLevel.Small);
            MessageInflater inflater = new DeflateParameters(true, true, 15, 15).InflaterOf(WsRole.Client);
            for (int message = 0; message < 3; message++)
            {
                int inflated = 0;
                ReadOnlySpan<byte> input = output.AsSpan(0, deflater.Deflate(Message, output));
                inflater.Inflate(ref input, back, ref inflated);
                Assert.True(inflater.TryEndMessage(back.AsSpan(0, inflated)));
            }
            held = deflater.HeldBytes + inflater.HeldBytes;
        });
        Assert.Equal(0, held);
        Assert.InRange(allocated, 1, 2048); // all that was made and not given back to a pool
    }
}
