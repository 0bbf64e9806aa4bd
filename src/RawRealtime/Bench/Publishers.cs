using System.Globalization;
using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>Publishes by POST over one kept connection; answers are 2xx.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="head">The request's head.</param>
/// <param name="book">The fan-out's.</param>
/// <param name="depth">Most requests under way.</param>
internal sealed class PostPublisher(BenchLedger ledger, byte[] head, FanOutBook book, int depth) : BenchConnection(ledger, InboxSize), ILane
{
    const int InboxSize = 64 << 10;

    readonly AnswerReader answers = new(ledger.Head);
    readonly MessageSlots slots = new(book.Format, head, mask: 0, depth);

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public LaneClock Clock { get; } = new(depth);

    /// <inheritdoc/>
    protected override bool IsCounted => false;

    /// <summary>The fields of its requests.</summary>
    /// <param name="own">Those that were asked for.</param>
    /// <param name="size">Bytes of a message.</param>
    public static IEnumerable<KeyValuePair<string, string>> FieldsOf(IEnumerable<KeyValuePair<string, string>> own, int size) =>
        [.. own, new("Content-Type", "text/plain"), new("Content-Length", size.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    protected override void OnConnected() => Opened();

    /// <inheritdoc/>
    protected override int OnReceived(ReadOnlySpan<byte> unread)
    {
        int all = unread.Length;
        while (IsOpen)
        {
            AnswerPart part = answers.Next(ref unread, out _);
            if (part == AnswerPart.NeedMore) break;
            if (part == AnswerPart.Invalid) Fail(BenchFailure.BadBytes, $"An answer breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}.");
            if (part != AnswerPart.End) continue;
            if (answers.Status is < 200 or > 299) Fail(BenchFailure.WrongStatus, $"A publish was answered with {answers.Status}.");
            Clock.Complete();
        }
        Fill(Now);
        return all - unread.Length;
    }

    /// <inheritdoc/>
    protected override void OnSent() => Fill(Now);

    /// <inheritdoc/>
    public void Fill(long now)
    {
        while (!IsSending && IsOpen)
        {
            if (!book.TryTake(slots, Clock, now, out ReadOnlyMemory<byte> requests, out int count)) return;
            for (int i = count; i > 0; i--) book.Publish(Clock.BeganAt(Clock.Begun - i));
            Send(requests);
        }
    }
}

/// <summary>Publishes over one WebSocket, each message as it is. What the server sends back is not looked at.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="request">Its opening request.</param>
/// <param name="key">The key in it.</param>
/// <param name="book">The fan-out's.</param>
/// <param name="depth">Most messages in one send.</param>
internal sealed class WsPublisher(BenchLedger ledger, ReadOnlyMemory<byte> request, byte[] key, FanOutBook book, int depth)
    : WsBenchConnection(ledger, InboxSize, request, key), ILane
{
    const int InboxSize = 64 << 10;
    const uint Mask = 0x37FA213D;

    readonly MessageSlots slots = MessageSlots.OfFrames(book.Format, Mask, depth);

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public LaneClock Clock { get; } = new(depth);

    /// <inheritdoc/>
    protected override bool IsCounted => false;

    /// <inheritdoc/>
    protected override void OnPiece(ReadOnlySpan<byte> piece, bool isLast, long now)
    {
    }

    /// <inheritdoc/>
    protected override void OnSent()
    {
        base.OnSent();
        Fill(Now);
    }

    /// <inheritdoc/>
    public void Fill(long now)
    {
        while (!IsSending && IsOpen)
        {
            if (!book.TryTake(slots, Clock, now, out ReadOnlyMemory<byte> frames, out int count)) return;
            for (int i = 0; i < count; i++) book.Publish(Clock.Complete());
            Send(frames);
        }
    }
}
