using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

/// <summary>Bytes as the tables write them: hex with blanks for reading.</summary>
static class Bytes
{
    public static byte[] Of(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Join(params byte[][] parts)
    {
        byte[] joined = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(joined, at);
            at += part.Length;
        }
        return joined;
    }

    /// <summary>A frame as the peer of <paramref name="us"/> sends it.</summary>
    public static byte[] FrameFor(WsRole us, Opcode opcode, byte[] payload, bool isFinal = true)
    {
        WsWriter writer = us == WsRole.Server ? WsWriter.ForClient(new FixedKey(0x3D21FA37)) : WsWriter.ForServer;
        byte[] frame = new byte[writer.SizeOf(payload.Length)];
        Assert.Equal(frame.Length, writer.Write(frame, opcode, payload, isFinal));
        return frame;
    }
}

/// <summary>The same masking key for every frame, so that vectors can be written down. The default is that of RFC 6455 §5.7.</summary>
sealed class FixedKey(uint key = 0x3D21FA37) : IMaskKeys
{
    public uint NextKey() => key;
}
