using RawWebSocket.Wire;

namespace RawRealtime.Bench;

/// <summary>A WebSocket of a run. Pings are answered, messages are told in pieces.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for a head.</param>
/// <param name="request">Its opening request.</param>
/// <param name="key">The key in it.</param>
internal abstract class WsBenchConnection(BenchLedger ledger, int inboxBytes, ReadOnlyMemory<byte> request, byte[] key)
    : OpeningConnection(ledger, inboxBytes, request, key)
{
    FrameIntake frames;
    byte[]? pong;

    /// <summary>A piece of a message came.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="isLast">Whether it is the message's last.</param>
    /// <param name="now">The time.</param>
    protected abstract void OnPiece(ReadOnlySpan<byte> piece, bool isLast, long now);

    /// <summary>All of a read was handled: what is to be sent can leave.</summary>
    /// <param name="now">The time.</param>
    protected virtual void OnHandled(long now)
    {
    }

    /// <inheritdoc/>
    protected sealed override void Read(ref ReadOnlySpan<byte> unread)
    {
        long now = Now;
        while (IsOpen)
        {
            FramePart part = frames.Next(ref unread, out ReadOnlySpan<byte> piece);
            if (part == FramePart.NeedMore) break;
            if (part is FramePart.Piece or FramePart.LastPiece) OnPiece(piece, part == FramePart.LastPiece, now);
            else OnControl(part, piece);
        }
        if (!IsSending) SendPong();
        OnHandled(now);
    }

    /// <inheritdoc/>
    protected override void OnSent() => SendPong();

    void OnControl(FramePart part, ReadOnlySpan<byte> piece)
    {
        if (part == FramePart.Ping) pong = PongOf(piece); // RFC 6455 §5.5.3: only the last ping needs an answer
        else if (part == FramePart.Close) Fail(BenchFailure.Ended, $"The server closed a WebSocket{(piece.Length < 2 ? "" : $" with {piece[0] << 8 | piece[1]}")}.");
        else if (part == FramePart.Invalid) Fail(BenchFailure.BadBytes, "A frame breaks a rule of RFC 6455.");
    }

    void SendPong()
    {
        if (pong is not { } owed) return;
        pong = null;
        Send(owed);
    }

    static byte[] PongOf(ReadOnlySpan<byte> payload)
    {
        const uint Mask = 0x5A3C9617;
        FrameHeader header = FrameHeader.Of(Opcode.Pong, isFinal: true, payload.Length, Mask);
        byte[] frame = new byte[header.Size + payload.Length];
        header.Write(frame);
        payload.CopyTo(frame.AsSpan(header.Size));
        Masking.Apply(frame.AsSpan(header.Size), Mask, 0);
        return frame;
    }
}

/// <summary>A WebSocket whose messages come back.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for what comes at once.</param>
/// <param name="request">Its opening request.</param>
/// <param name="key">The key in it.</param>
/// <param name="format">The messages.</param>
/// <param name="depth">Most messages under way.</param>
internal sealed class EchoLane(BenchLedger ledger, int inboxBytes, ReadOnlyMemory<byte> request, byte[] key, NumberedMessage format, int depth)
    : WsBenchConnection(ledger, inboxBytes, request, key), ILane
{
    const uint Mask = 0x37FA213D; // RFC 6455 §5.7 has this one

    readonly MessageSlots slots = MessageSlots.OfFrames(format, Mask, depth);
    MessageMatcher matcher;
    SequenceJudge judge;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public LaneClock Clock { get; } = new(depth);

    /// <inheritdoc/>
    protected override void OnPiece(ReadOnlySpan<byte> piece, bool isLast, long now)
    {
        matcher.Take(format, piece);
        if (!isLast) return;
        bool isRight = matcher.IsComplete(format, out long number);
        matcher.Restart();
        if (!isRight) Fail(BenchFailure.WrongContent, $"An echo was not what was sent: number {judge.Next} of its connection.");
        else if (number >= Clock.Begun) Fail(BenchFailure.WrongContent, $"An echo came of message {number}, which was not sent.");
        else Judge(number, now);
    }

    void Judge(long number, long now)
    {
        long missed = judge.Take(number);
        if (missed < 0)
        {
            Ledger.Wrong(BenchFailure.RepeatedOrLate, $"Echo {number} came behind echo {judge.Next - 1}.");
            return;
        }
        Ledger.Wrong(BenchFailure.Lost, $"Echo {number} came where {number - missed} had to.", missed);
        for (; missed > 0; missed--) Clock.Complete();
        Ledger.Done(Clock.Complete(), now);
    }

    /// <inheritdoc/>
    protected override void OnHandled(long now) => Fill(now);

    /// <inheritdoc/>
    protected override void OnSent()
    {
        base.OnSent();
        Fill(Now);
    }

    /// <inheritdoc/>
    public void Fill(long now)
    {
        while (!IsSending && IsOpen && Clock.Ready is > 0 and int ready)
        {
            ReadOnlyMemory<byte> frames = slots.Take(Clock.Begun, ready);
            Clock.Begin(slots.CountOf(frames), now);
            Send(frames);
        }
    }
}
