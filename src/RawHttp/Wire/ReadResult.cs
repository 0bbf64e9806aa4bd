namespace RawHttp.Wire;

/// <summary>The three outcomes of showing bytes to a wire reader.</summary>
public enum ReadStatus : byte
{
    /// <summary>The bytes may yet become valid; show them again, with more behind them.</summary>
    NeedMore,

    /// <summary>Something was read; the result says how many bytes are spent.</summary>
    Done,

    /// <summary>No further byte can make the input valid; the result names the rule that was broken.</summary>
    Invalid,
}

/// <summary>What a wire reader made of the bytes it was shown. A peer's mistake is a value, never an exception.</summary>
/// <param name="Status">Which of the three outcomes it is.</param>
/// <param name="Consumed">Bytes of the input that are spent; 0 unless <paramref name="Status"/> is Done.</param>
/// <param name="Fault">Why no further byte could make the input valid; None unless Invalid.</param>
public readonly record struct ReadResult(ReadStatus Status, int Consumed, HttpFault Fault)
{
    /// <summary>The input ends before an answer can be given.</summary>
    public static ReadResult NeedMore => default;

    /// <summary>Something was read.</summary>
    /// <param name="consumed">How many bytes of the input are spent.</param>
    public static ReadResult Done(int consumed) => new(ReadStatus.Done, consumed, HttpFault.None);

    /// <summary>The input breaks a rule.</summary>
    /// <param name="fault">Which one.</param>
    public static ReadResult Invalid(HttpFault fault) => new(ReadStatus.Invalid, 0, fault);
}

/// <summary>A run of bytes inside a block that is known from the context: two numbers instead of a span, so that it can be stored.</summary>
/// <param name="Start">Offset of the first byte in the block.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct Piece(int Start, int Length)
{
    /// <summary>The bytes of this piece.</summary>
    /// <param name="block">The block the piece was measured in.</param>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> block) => block.Slice(Start, Length);

    /// <summary>The same bytes, as seen from a place further back.</summary>
    /// <param name="by">How many bytes lie in front of the block this piece was measured in.</param>
    internal Piece Moved(int by) => new(Start + by, Length);
}
