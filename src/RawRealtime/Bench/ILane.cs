namespace RawRealtime.Bench;

/// <summary>A connection on which operations are begun and answered in order.</summary>
internal interface ILane : IDisposable
{
    /// <summary>Its connection.</summary>
    BenchConnection Connection { get; }

    /// <summary>Operations under way.</summary>
    int UnderWay { get; }

    /// <summary>Begin as many as fit, from now on.</summary>
    void RunFlatOut();

    /// <summary>Begin each when it is released.</summary>
    void Follow(Schedule common, int index, int count);

    /// <summary>One more is due.</summary>
    void Release(long now);

    /// <summary>Begin no further ones.</summary>
    void Stop();
}
