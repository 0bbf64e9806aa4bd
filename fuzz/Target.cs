using RawHttp.Fuzz.Targets;

namespace RawHttp.Fuzz;

/// <summary>One thing that takes bytes from strangers, and what must hold whatever they are. One thread.</summary>
public abstract class Target
{
    /// <summary>Its name on the command line, and of its folder in <c>corpus/</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Shows it one input.</summary>
    /// <param name="input">Any bytes.</param>
    /// <exception cref="Exception">An invariant does not hold, or the code under test threw: either is a bug of ours.</exception>
    public abstract void Run(ReadOnlySpan<byte> input);

    /// <summary>A fresh one of each.</summary>
    public static IReadOnlyList<Target> All() =>
    [
        new RequestHeadTarget(), new ChunkedBodyTarget(), new RequestTargetTarget(), new FieldLinesTarget(), new SemanticsTarget(),
        new ResponseTarget(), new ConnectionTarget(), new ProxyHeaderTarget(),
        new FrameReaderTarget(), new ExtensionOffersTarget(), new WsConnectionTarget(), new InflaterTarget(), new SegmentTarget(),
    ];
}
