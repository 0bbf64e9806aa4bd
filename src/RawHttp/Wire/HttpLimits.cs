namespace RawHttp.Wire;

/// <summary>
/// How much of a message is taken before it is refused. RFC 9110 §2.3 asks a recipient to have such limits, §4.1 and §5.4 say which.
/// Every value is in bytes unless its name says otherwise; there is no "unlimited".
/// </summary>
public sealed record HttpLimits
{
    /// <summary>The defaults.</summary>
    public static HttpLimits Default { get; } = new();

    /// <summary>Longest method, in bytes. Past it: <see cref="HttpFault.MethodTooLong"/>, 501.</summary>
    /// <value>32.</value>
    public const int MaxMethodBytes = 32;

    /// <summary>Most empty lines before a request line. Past it: <see cref="HttpFault.TooManyEmptyLines"/>.</summary>
    /// <value>4.</value>
    public const int MaxEmptyLines = 4;

    /// <summary>Longest request line, its CRLF included. Past it: <see cref="HttpFault.TargetTooLong"/>, 414.</summary>
    /// <value>8 KiB unless set; RFC 9112 §3 recommends at least 8,000 bytes.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 64.</exception>
    public int MaxRequestLineBytes { get; init => field = AtLeast(64, value); } = 8 << 10;

    /// <summary>Largest head: start line, fields and the empty line. Past it: <see cref="HttpFault.FieldsTooLarge"/>, 431.</summary>
    /// <value>32 KiB unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 128.</exception>
    public int MaxHeadBytes { get; init => field = AtLeast(128, value); } = 32 << 10;

    /// <summary>Most field lines in a head. Past it: <see cref="HttpFault.TooManyFields"/>, 431.</summary>
    /// <value>100 lines unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 1.</exception>
    public int MaxFields { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>Largest content of a message, without its framing. Past it: <see cref="HttpFault.BodyTooLarge"/>, 413.</summary>
    /// <value>30,000,000 unless set. 0 refuses all content.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public long MaxBodyBytes { get; init => field = AtLeast(0, value); } = 30_000_000;

    /// <summary>Longest line in front of a chunk: size, extensions and CRLF. Past it: <see cref="HttpFault.ChunkLineTooLong"/>.</summary>
    /// <value>256 unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 18, which a chunk size alone may need.</exception>
    public int MaxChunkLineBytes { get; init => field = AtLeast(18, value); } = 256;

    /// <summary>
    /// How much framing a chunked body may have beyond what its content pays for: each chunk pays 16 bytes and twice its size.
    /// Past it: <see cref="HttpFault.ChunkOverheadTooLarge"/>. Ordinary chunks never come near it; a million small ones with extensions do.
    /// </summary>
    /// <value>16 KiB unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number.</exception>
    public int MaxChunkOverheadBytes { get; init => field = AtLeast(0, value); } = 16 << 10;

    /// <summary>Largest trailer section, its last empty line included. Past it: <see cref="HttpFault.TrailersTooLarge"/>, 431.</summary>
    /// <value>4 KiB unless set.</value>
    /// <exception cref="ArgumentOutOfRangeException">Set below 2.</exception>
    public int MaxTrailerBytes { get; init => field = AtLeast(2, value); } = 4 << 10;

    static int AtLeast(int least, int value) => (int)AtLeast((long)least, value);

    static long AtLeast(long least, long value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
