using RawWebSocket.Wire;

namespace RawWebSocket.Tests.Wire;

public sealed class MaskKeysTests
{
    [Fact]
    public void Keys_differ_from_frame_to_frame_and_from_source_to_source()
    {
        RandomMaskKeys one = new(), other = new();
        var keys = new HashSet<uint>();
        for (int i = 0; i < 200; i++)
        {
            keys.Add(one.NextKey());
            keys.Add(other.NextKey());
        }
        Assert.True(keys.Count > 390, "400 keys of 32 random bits, of which hardly two are the same");
    }
}
