namespace RawWebSocket.Deflate;

/// <summary>How much time compressing may take.</summary>
public enum DeflateLevel : byte
{
    /// <summary>One look for a match at each place.</summary>
    Fast,

    /// <summary>Many looks, and a match is put off when the next place has a longer one.</summary>
    Small,
}
