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
    LaneClock clock = new(depth);
    bool isFlatOut;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    protected override bool IsCounted => false;

    /// <inheritdoc/>
    public int UnderWay => clock.UnderWay;

    /// <summary>The fields of its requests.</summary>
    /// <param name="own">Those that were asked for.</param>
    /// <param name="size">Bytes of a message.</param>
    public static IEnumerable<KeyValuePair<string, string>> FieldsOf(IEnumerable<KeyValuePair<string, string>> own, int size) =>
        [.. own, new("Content-Type", "text/plain"), new("Content-Length", size.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public void RunFlatOut()
    {
        (isFlatOut, book.WhenRoom) = (true, Fill);
        clock.RunFlatOut();
        Fill(Now);
    }

    /// <inheritdoc/>
    public void Follow(Schedule common, int index, int count) => clock.Follow(common, index, count);

    /// <inheritdoc/>
    public void Release(long now)
    {
        clock.Release();
        Fill(now);
    }

    /// <inheritdoc/>
    public void Stop() => clock.Stop();

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
            if (part == AnswerPart.Invalid) Fail(BenchFault.BadBytes, $"An answer breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}.");
            if (part != AnswerPart.End) continue;
            if (answers.Status is < 200 or > 299) Fail(BenchFault.WrongStatus, $"A publish was answered with {answers.Status}.");
            clock.Complete();
        }
        Fill(Now);
        return all - unread.Length;
    }

    /// <inheritdoc/>
    protected override void OnSent() => Fill(Now);

    void Fill(long now)
    {
        while (!IsSending && IsOpen)
        {
            int ready = isFlatOut ? Math.Min(clock.Ready, book.Room) : clock.Ready;
            if (ready <= 0) return;
            ReadOnlyMemory<byte> requests = slots.Take(clock.Begun, ready);
            int count = slots.CountOf(requests);
            clock.Begin(count, now);
            for (int i = count; i > 0; i--) book.Publish(clock.BeganAt(clock.Begun - i));
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
    LaneClock clock = new(depth);
    bool isFlatOut;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    protected override bool IsCounted => false;

    /// <inheritdoc/>
    public int UnderWay => 0;

    /// <inheritdoc/>
    public void RunFlatOut()
    {
        (isFlatOut, book.WhenRoom) = (true, Fill);
        clock.RunFlatOut();
        Fill(Now);
    }

    /// <inheritdoc/>
    public void Follow(Schedule common, int index, int count) => clock.Follow(common, index, count);

    /// <inheritdoc/>
    public void Release(long now)
    {
        clock.Release();
        Fill(now);
    }

    /// <inheritdoc/>
    public void Stop() => clock.Stop();

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

    void Fill(long now)
    {
        while (!IsSending && IsOpen)
        {
            int ready = isFlatOut ? Math.Min(clock.Ready, book.Room) : clock.Ready;
            if (ready <= 0) return;
            ReadOnlyMemory<byte> frames = slots.Take(clock.Begun, ready);
            int count = slots.CountOf(frames);
            clock.Begin(count, now);
            for (int i = 0; i < count; i++) book.Publish(clock.Complete());
            Send(frames);
        }
    }
}
