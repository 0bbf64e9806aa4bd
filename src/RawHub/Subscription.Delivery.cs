using System.Runtime.CompilerServices;

namespace RawHub;

/// <content>How it pulls and delivers. All of it under its lock.</content>
public sealed partial class Subscription
{
    const int BatchSize = 32;

    // Delivers until nothing is left or the subscriber has no room. A callback that lands here again (it resumed,
    // published, started) finds the loop running: what it changed is seen by the loop's next look.
    void Run()
    {
        if (isRunning || isEnded) return;
        isRunning = true;
        try
        {
            do
            {
                while (NextSeat() is { } seat) Serve(seat);
            }
            while (TryEndBatch());
        }
        catch (Exception failure)
        {
            End();
            hub.Options.OnFailed(subscriber, failure);
        }
        finally
        {
            isRunning = false;
        }
    }

    // The call may make new work: the subscriber sent what it had and resumes.
    bool TryEndBatch()
    {
        if (!owesEndOfBatch || isEnded) return false;
        owesEndOfBatch = false;
        subscriber.EndBatch(this);
        return true;
    }

    // Channels take turns, a batch each, so that a busy one does not starve the others.
    Seat? NextSeat()
    {
        for (int i = 0; i < seats.Length && !isEnded; i++)
        {
            Seat seat = seats[(turn + i) % seats.Length];
            bool hasWork = seat.OwesDeletion || seat.HasNews && !isStalled && !seat.IsDeleted;
            if (!seat.IsOpen || !hasWork) continue;
            turn = (turn + i + 1) % seats.Length;
            return seat;
        }
        return null;
    }

    void Serve(Seat seat)
    {
        if (seat.OwesDeletion)
        {
            seat.OwesDeletion = false;
            owesEndOfBatch = true;
            subscriber.OnChannelDeleted(this, seat.Feed.Name);
            return;
        }
        MessageFormat? joinable = filter is null ? subscriber.JoinsIn(this) : null;
        if (joinable is not null && seat.Feed.TryReadJoined(seat, joinable, out JoinedBatch joined))
        {
            if (TryOffer(seat, joined)) return;
            joinable = null;
        }
        ServeFirst(seat, joinable);
    }

    // The first to want these messages in this form; or one by one, whoever wants them so.
    void ServeFirst(Seat seat, MessageFormat? joinable)
    {
        MessageBatch batch = default;
        SeatRead read = seat.Feed.Read(seat, batch, filter);
        ReadOnlySpan<PublishedMessage?> messages = ((ReadOnlySpan<PublishedMessage?>)batch)[..read.Count];
        try
        {
            if (read.Loss.Reason != LossReason.None) Tell(seat, read.Loss);
            else if (joinable is not null && seat.Feed.TryJoin(seat, messages, read, joinable, out JoinedBatch joined) && TryOffer(seat, joined)) return;
            int taken = 0;
            while (taken < messages.Length && CanTake(seat) && TryOffer(seat, messages[taken]!)) taken++;
            if (taken == messages.Length && CanTake(seat)) PassRead(seat);
        }
        finally
        {
            foreach (PublishedMessage? message in messages) message!.Release();
        }
    }

    // A callback may have ended the subscription, or this seat, in the middle of a batch.
    bool CanTake(Seat seat) => !isEnded && !seat.IsRemoved && !seat.IsDeleted;

    // Also past what was not wanted, or had expired.
    static void PassRead(Seat seat)
    {
        seat.Next = Math.Max(seat.Next, seat.ReadTo + 1);
        seat.IsLive |= !seat.HasNews;
    }

    void Tell(Seat seat, SeatLoss loss)
    {
        owesEndOfBatch = true;
        if (loss.Ends) subscriber.OnTooSlow(this, seat.Feed.Name);
        else subscriber.OnLost(this, seat.Feed.Name, loss.Reason);
    }

    // Stalled before the attempt, not after it: a Resume that comes during a refusal then is not forgotten.
    bool TryOffer(Seat seat, PublishedMessage message)
    {
        long position = seat.Feed.PositionOf(message);
        seat.Next = position + 1;
        isStalled = true;
        if (subscriber.TryDeliver(this, message))
        {
            isStalled = false;
            return owesEndOfBatch = true;
        }
        seat.Next = position;
        seat.HasNews = true;
        foreach (Seat waiting in seats) waiting.WasRefused = true; // they all wait for the room that is not there
        return false;
    }

    // Refused, the messages are offered one by one: as many as there is room for.
    bool TryOffer(Seat seat, in JoinedBatch batch)
    {
        (seat.Next, isStalled) = (batch.ReadTo + 1, true);
        bool isTaken = subscriber.TryDeliver(this, batch.Messages);
        batch.Messages.Bytes.Release();
        isStalled = false;
        if (isTaken) PassRead(seat);
        else seat.Next = batch.From;
        owesEndOfBatch |= isTaken;
        return isTaken;
    }

    [InlineArray(BatchSize)]
    struct MessageBatch
    {
        PublishedMessage? first;
    }
}
