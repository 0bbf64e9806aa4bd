using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RawWebSocket.Wire;

/// <summary>Where a client's masking keys come from. RFC 6455 §5.3.</summary>
public interface IMaskKeys
{
    /// <summary>A key that was not given before and that the server cannot foresee; the first byte on the wire is the lowest.</summary>
    uint NextKey();
}

/// <summary>
/// Keys from the system's secure random source, as RFC 6455 §5.3 and §10.3 ask: a script must not be able to choose
/// the bytes that a proxy on the way sees. Not thread-safe.
/// </summary>
public sealed class RandomMaskKeys : IMaskKeys
{
    readonly uint[] fresh = new uint[64]; // one call to the system for many keys
    int left;

    /// <inheritdoc/>
    public uint NextKey()
    {
        if (left == 0)
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(fresh.AsSpan()));
            left = fresh.Length;
        }
        return fresh[--left];
    }
}
