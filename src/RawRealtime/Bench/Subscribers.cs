using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>One that messages are to reach.</summary>
internal interface ISubscriberLine
{
    /// <summary>Its connection.</summary>
    BenchConnection Connection { get; }

    /// <summary>The number of the message that has to come next.</summary>
    long Next { get; }
}

/// <summary>A WebSocket that listens: each message is one published message.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for what comes at once.</param>
/// <param name="request">Its opening request.</param>
/// <param name="key">The key in it.</param>
/// <param name="book">The fan-out's.</param>
internal sealed class WsSubscriber(BenchLedger ledger, int inboxBytes, ReadOnlyMemory<byte> request, byte[] key, FanOutBook book)
    : WsBenchConnection(ledger, inboxBytes, request, key), ISubscriberLine
{
    MessageMatcher matcher;
    SequenceJudge judge;
    bool isInside;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public long Next => judge.Next;

    /// <inheritdoc/>
    protected override void OnPiece(ReadOnlySpan<byte> piece, bool isLast, long now)
    {
        long number;
        if (!isLast || isInside)
        {
            isInside = !isLast;
            matcher.Take(book.Format, piece);
            if (!isLast) return;
            bool isRight = matcher.IsComplete(book.Format, out number);
            matcher.Restart();
            if (isRight) book.Deliver(ref judge, number, now);
            else book.WrongContent();
        }
        else if (book.Format.TryRead(piece, out number)) book.Deliver(ref judge, number, now);
        else book.WrongContent();
    }

    /// <inheritdoc/>
    protected override void OnHandled(long now) => book.WhenRoom?.Invoke(now);
}

/// <summary>An event stream that listens.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for what comes at once.</param>
/// <param name="request">Its request.</param>
/// <param name="book">The fan-out's.</param>
internal sealed class SseSubscriber(BenchLedger ledger, int inboxBytes, ReadOnlyMemory<byte> request, FanOutBook book)
    : OpeningConnection(ledger, inboxBytes, request, key: null), ISubscriberLine
{
    AnswerReader? answers;
    MessageScanner scanner;
    SequenceJudge judge;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public long Next => judge.Next;

    /// <inheritdoc/>
    protected override void Read(ref ReadOnlySpan<byte> unread)
    {
        long now = Now;
        answers ??= TakeAnswers();
        while (IsOpen)
        {
            AnswerPart part = answers.Next(ref unread, out ReadOnlySpan<byte> content);
            if (part == AnswerPart.NeedMore) break;
            if (part == AnswerPart.Invalid) Fail(BenchFailure.BadBytes, $"An event stream breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}.");
            else if (part == AnswerPart.End) Fail(BenchFailure.Ended, "The server ended an event stream.");
            while (scanner.Next(book.Format, ref content, out long number)) book.Deliver(ref judge, number, now);
        }
        book.WhenRoom?.Invoke(now);
    }
}

/// <summary>
/// A held poll, asked again with what its answer said: <c>ETag</c> as <c>If-None-Match</c>, <c>Last-Modified</c> as <c>If-Modified-Since</c>.
/// So go both RawRealtime's poll and nchan's.
/// </summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="inboxBytes">Room for what comes at once.</param>
/// <param name="request">Its request without the empty line at the end.</param>
/// <param name="book">The fan-out's.</param>
internal sealed class PollSubscriber(BenchLedger ledger, int inboxBytes, ReadOnlyMemory<byte> request, FanOutBook book)
    : BenchConnection(ledger, inboxBytes), ISubscriberLine
{
    const int FieldRoom = 512;

    readonly AnswerReader answers = new(ledger.Head);
    readonly byte[] outbox = new byte[request.Length + FieldRoom];
    MessageScanner scanner;
    SequenceJudge judge;
    int length;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public long Next => judge.Next;

    /// <inheritdoc/>
    protected override void OnConnected()
    {
        request.Span.CopyTo(outbox);
        length = request.Length;
        Opened();
        Ask();
    }

    /// <inheritdoc/>
    protected override int OnReceived(ReadOnlySpan<byte> unread)
    {
        (int all, long now) = (unread.Length, Now);
        while (IsOpen)
        {
            int before = unread.Length;
            AnswerPart part = answers.Next(ref unread, out ReadOnlySpan<byte> content);
            if (part == AnswerPart.NeedMore) break;
            if (part == AnswerPart.Invalid) Fail(BenchFailure.BadBytes, $"An answer breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}.");
            else if (part == AnswerPart.Head) OnHead(before - unread.Length);
            else if (part == AnswerPart.End) Ask();
            while (scanner.Next(book.Format, ref content, out long number)) book.Deliver(ref judge, number, now);
        }
        book.WhenRoom?.Invoke(now);
        return all - unread.Length;
    }

    void OnHead(int bytes)
    {
        Ledger.ReceivedHead(bytes);
        if (answers.Status is not (200 or 204 or 304))
        {
            Fail(BenchFailure.WrongStatus, $"A poll was answered with {answers.Status}.");
            return;
        }
        length = request.Length;
        Carry("etag"u8, "If-None-Match: "u8);
        Carry("last-modified"u8, "If-Modified-Since: "u8);
    }

    void Carry(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (!Ledger.Head.Fields.TryGet(from, out ReadOnlySpan<byte> value) || outbox.Length - length < to.Length + value.Length + 4) return;
        to.CopyTo(outbox.AsSpan(length));
        value.CopyTo(outbox.AsSpan(length += to.Length));
        "\r\n"u8.CopyTo(outbox.AsSpan(length += value.Length));
        length += 2;
    }

    void Ask()
    {
        "\r\n"u8.CopyTo(outbox.AsSpan(length));
        Send(outbox.AsMemory(0, length + 2)); // a few hundred bytes, behind nothing: they fit
    }
}
