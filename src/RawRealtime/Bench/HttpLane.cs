using RawHttp.Wire;

namespace RawRealtime.Bench;

/// <summary>What answers must be, and the bytes of the last one that was: an answer with the same bytes needs no second look. Used under the gate.</summary>
/// <param name="status">The status they must have.</param>
/// <param name="length">Bytes of content they must have; null for those of the first.</param>
/// <param name="maxBytes">The longest answer that is kept.</param>
internal sealed class AnswerRule(int status, long? length, int maxBytes)
{
    readonly byte[] kept = new byte[maxBytes];
    long? expected = length;
    int keptBytes;

    /// <summary>The bytes of a right answer; empty when there are none yet.</summary>
    public ReadOnlySpan<byte> Known => kept.AsSpan(0, keptBytes);

    /// <summary>Judges an answer.</summary>
    /// <param name="gotStatus">Its status.</param>
    /// <param name="gotLength">Bytes of its content.</param>
    /// <param name="fault">What is wrong with it, when the answer is false.</param>
    public bool IsRight(int gotStatus, long gotLength, out BenchFailure fault)
    {
        fault = gotStatus == status ? BenchFailure.WrongLength : BenchFailure.WrongStatus;
        return gotStatus == status && gotLength == (expected ??= gotLength);
    }

    /// <summary>Keeps the bytes of an answer that was right.</summary>
    /// <param name="answer">All of them.</param>
    public void Keep(ReadOnlySpan<byte> answer)
    {
        if (answer.Length > kept.Length) return;
        answer.CopyTo(kept);
        keptBytes = answer.Length;
    }
}

/// <summary>A kept connection with up to so many requests under way.</summary>
/// <param name="ledger">What the run counts.</param>
/// <param name="requests">The same request, as often as may be under way.</param>
/// <param name="depth">How often that is.</param>
/// <param name="rule">What answers must be; shared by all.</param>
/// <param name="inboxBytes">Room for answers.</param>
internal sealed class HttpLane(BenchLedger ledger, ReadOnlyMemory<byte> requests, int depth, AnswerRule rule, int inboxBytes)
    : BenchConnection(ledger, inboxBytes), ILane
{
    readonly AnswerReader answers = new(ledger.Head);
    readonly int requestBytes = requests.Length / depth;

    /// <inheritdoc/>
    public BenchConnection Connection => this;

    /// <inheritdoc/>
    public LaneClock Clock { get; } = new(depth);

    /// <inheritdoc/>
    protected override void OnConnected() => Opened();

    /// <inheritdoc/>
    protected override int OnReceived(ReadOnlySpan<byte> unread)
    {
        int all = unread.Length;
        long now = Now;
        while (IsOpen && !unread.IsEmpty)
        {
            if (answers.IsBetween && rule.Known is { IsEmpty: false } known)
            {
                if (unread.StartsWith(known))
                {
                    unread = unread[known.Length..];
                    if (!Answered(now)) break;
                    continue;
                }
                if (known.StartsWith(unread)) break; // very likely the rest of it is on the way
            }
            if (!ReadAnswer(ref unread, now)) break;
        }
        Fill(now);
        return all - unread.Length;
    }

    /// <inheritdoc/>
    protected override void OnSent() => Fill(Now);

    bool ReadAnswer(ref ReadOnlySpan<byte> unread, long now)
    {
        ReadOnlySpan<byte> whole = unread;
        bool isWhole = answers.IsBetween;
        while (true)
        {
            switch (answers.Next(ref unread, out _))
            {
                case AnswerPart.NeedMore: return false;
                case AnswerPart.Invalid:
                    Fail(BenchFailure.BadBytes, $"An answer breaks a rule of HTTP: {HttpFaults.CodeOf(answers.Fault)}.");
                    return false;
                case AnswerPart.End:
                    if (!rule.IsRight(answers.Status, answers.Length, out BenchFailure fault))
                    {
                        Ledger.Wrong(fault, $"An answer had status {answers.Status} and {answers.Length} bytes of content.");
                        Clock.Complete();
                        return true;
                    }
                    if (isWhole) rule.Keep(whole[..^unread.Length]);
                    return Answered(now);
            }
        }
    }

    bool Answered(long now)
    {
        if (Clock.UnderWay == 0)
        {
            Fail(BenchFailure.BadBytes, "An answer came that nobody had asked for.");
            return false;
        }
        Ledger.Done(Clock.Complete(), now);
        return true;
    }

    /// <inheritdoc/>
    public void Fill(long now)
    {
        int ready = Clock.Ready;
        if (IsSending || !IsOpen || ready <= 0) return;
        Clock.Begin(ready, now);
        Send(requests[..(ready * requestBytes)]);
    }
}
