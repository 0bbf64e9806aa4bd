using RawWebSocket.Deflate;
using RawWebSocket.Wire;

namespace RawHttp.Fuzz.Targets;

/// <summary>Frames, one behind the other; the first byte says which end reads them, how much it takes, and whether compression was agreed.</summary>
sealed class FrameReaderTarget : StreamTarget, IDisposable
{
    // What is taken is cut down so that inputs of our length reach the limits.
    static readonly WsLimits Wide = new() { MaxMessageBytes = 32 * 1024, MaxInflateRatio = 64 }, Narrow = new() { MaxMessageBytes = 24, MaxFragments = 4 };

    // A control frame waits in the input until it is whole; of a data frame only the header does.
    const int LongestWait = FrameHeader.MaxBytes + FrameRules.MaxControlBytes;

    // Its window and its tables.
    const int MostHeldForInflating = 64 * 1024;

    byte[] shown = new byte[1024];
    WsReader? reader;
    WsLimits limits = Wide;
    bool isRefused;

    public override string Name => "frame-reader";

    protected override int MaxUnread => LongestWait;

    protected override bool IsRefused => isRefused;

    protected override void Begin()
    {
        reader?.Dispose();
        (reader, isRefused) = (null, false);
    }

    protected override int Turn(ReadOnlySpan<byte> unread, EventLog log)
    {
        if (isRefused) return 0;
        if (reader is null) return Choose(unread[0]);
        if (shown.Length < unread.Length) shown = new byte[unread.Length];
        Memory<byte> copy = shown.AsMemory(0, unread.Length); // the reader unmasks in place, and nothing behind what it spends
        unread.CopyTo(copy.Span);
        WsEvent next = reader.Next(copy);
        Results.Unless(next.Consumed >= 0 && next.Consumed <= unread.Length, "more spent than arrived");
        Results.Unless(copy.Span[next.Consumed..].SequenceEqual(unread[next.Consumed..]), "bytes were changed that are not spent");
        if (next.Kind != WsEventKind.NeedMore) Tell(next, log);
        Results.Unless(reader.HeldBytes <= MostHeldForInflating + Math.Max(8192, 2 * limits.MaxMessageBytes), "more is held than a message may have");
        return next.Consumed;
    }

    protected override void Finish(EventLog log) => log.Event('o', reader is { IsOver: true } ? 1 : 0);

    public void Dispose() => reader?.Dispose();

    int Choose(byte first)
    {
        limits = (first & 2) == 0 ? Wide : Narrow;
        MessageInflater? inflater = (first & 4) == 0 ? null : new((first & 8) == 0 ? 15 : 8, keepsContext: (first & 16) == 0);
        reader = new((first & 1) == 0 ? WsRole.Server : WsRole.Client, limits, inflater);
        return 1;
    }

    void Tell(in WsEvent next, EventLog log)
    {
        log.Event((char)('a' + (int)next.Kind), next.Payload.Span);
        log.Event('c', (int)next.Code);
        log.Event('!', (int)next.Fault);
        isRefused = next.Kind == WsEventKind.Fault;
        Results.Unless(isRefused == (next.Fault != WsFault.None), "a refusal without a name, or a name without one");
        if (isRefused) Results.Unless(WsFaults.CloseCodeOf(next.Fault).MayTravel() && WsFaults.ReasonOf(next.Fault).Length <= ClosePayload.MaxReasonBytes, "a refusal that cannot be told");
        Results.Unless(reader!.IsOver == next.Kind is WsEventKind.Fault or WsEventKind.Close, "over without an end, or the other way round");
        switch (next.Kind)
        {
            case WsEventKind.Text or WsEventKind.Binary:
                Results.Unless(next.Payload.Length <= limits.MaxMessageBytes, "a message over the limit");
                Results.Unless(next.Kind != WsEventKind.Text || System.Text.Unicode.Utf8.IsValid(next.Payload.Span), "a text that is not UTF-8");
                break;
            case WsEventKind.Ping or WsEventKind.Pong: Results.Unless(next.Payload.Length <= FrameRules.MaxControlBytes, "a control frame that is too long"); break;
            case WsEventKind.Close:
                Results.Unless(next.Code == CloseCode.NoStatus ? next.Payload.IsEmpty : next.Code.MayTravel(), "a close code that no frame may hold");
                Results.Unless(System.Text.Unicode.Utf8.IsValid(next.Payload.Span), "a close reason that is not UTF-8");
                break;
        }
    }
}
