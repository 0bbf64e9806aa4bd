namespace RawNet;

/// <summary>
/// How long a peer may yet be waited for, when what it sends or takes has to come at a least rate on the whole. Only the time in which
/// it is waited for counts against it: what our own side takes, it is not blamed for. Reads no clock. One thread at a time.
/// </summary>
/// <param name="bytesPerSecond">The rate, at least 1.</param>
/// <param name="graceMilliseconds">The time it has on top of that.</param>
public struct LeastRate(int bytesPerSecond, int graceMilliseconds)
{
    long left = graceMilliseconds * (long)bytesPerSecond; // in thousandths of a byte, so that single bytes count in full

    /// <summary>How long it may be waited for from now on, in milliseconds; 0 or less when its time is over.</summary>
    public readonly long LeftMilliseconds => left / bytesPerSecond;

    /// <summary>It was waited for.</summary>
    /// <param name="milliseconds">How long.</param>
    public void Waited(long milliseconds) => left -= milliseconds * bytesPerSecond;

    /// <summary>Bytes came or went.</summary>
    /// <param name="bytes">How many.</param>
    public void Moved(long bytes) => left += bytes * 1000;
}
