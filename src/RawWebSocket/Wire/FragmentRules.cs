namespace RawWebSocket.Wire;

/// <summary>What RFC 6455 §5.4 asks of a frame header in its sequence. A header on its own: <see cref="FrameRules"/>.</summary>
public static class FragmentRules
{
    /// <summary>Names the rule the header breaks at this place.</summary>
    /// <param name="header">A header that <see cref="FrameRules"/> let stand.</param>
    /// <param name="insideMessage">True when a message was begun whose last fragment has not come.</param>
    /// <returns>None when the header may come here.</returns>
    public static WsFault Check(in FrameHeader header, bool insideMessage) => (header.IsControl, header.Opcode, insideMessage) switch
    {
        (true, _, _) => WsFault.None, // RFC 6455 §5.4: control frames may come between the fragments of a message
        (_, Opcode.Continuation, false) => WsFault.NothingToContinue,
        (_, Opcode.Continuation, true) => WsFault.None,
        (_, _, true) => WsFault.MessageInsideMessage, // RFC 6455 §5.4: fragments of two messages are never mixed
        (_, _, false) => WsFault.None,
    };
}
