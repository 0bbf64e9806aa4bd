namespace RawWebSocket.Deflate;

/// <summary>What compressed data can break. The connection is failed with 1007 for each: the data is not what its message says it is.</summary>
public enum DeflateFault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>RFC 1951 §3.2.3: the fourth type of block is reserved.</summary>
    ReservedBlockType,

    /// <summary>RFC 1951 §3.2.4: the length of a stored block comes twice, the second time inverted.</summary>
    StoredLengthMismatch,

    /// <summary>RFC 1951 §3.2.7: a block has no more than 286 codes of literals and lengths and 30 of distances.</summary>
    TooManyCodes,

    /// <summary>RFC 1951 §3.2.7: the first length has none before it that could be repeated, and a run does not go beyond the last.</summary>
    BadLengthRun,

    /// <summary>RFC 1951 §3.2.2: the lengths make no prefix code: too many short ones, or bits that mean nothing.</summary>
    NotAPrefixCode,

    /// <summary>RFC 1951 §3.2.7: a block without a code for its own end would never end.</summary>
    NoEndOfBlock,

    /// <summary>RFC 1951 §3.2.6: a code that stands for nothing.</summary>
    UnknownCode,

    /// <summary>RFC 1951 §3.2.5 and RFC 7692 §7.1.2: a match does not begin before the first byte or beyond the window agreed on.</summary>
    DistanceTooFar,
}
