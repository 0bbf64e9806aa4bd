namespace RawRealtime.Bench;

/// <summary>A connection on which operations are begun and answered in order. Used under the gate.</summary>
internal interface ILane : IDisposable
{
    /// <summary>Its connection.</summary>
    BenchConnection Connection { get; }

    /// <summary>How many operations may begin, and which are under way.</summary>
    LaneClock Clock { get; }

    /// <summary>Begins what may begin now.</summary>
    /// <param name="now">The time.</param>
    void Fill(long now);
}
