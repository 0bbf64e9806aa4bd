namespace RawHub;

/// <summary>The seats of a channel: taken and given up in one step each, whatever their number. Used under the channel's lock.</summary>
internal sealed class SeatList
{
    const int FirstRoom = 4;

    readonly int[] countByKind = new int[Enum.GetValues<TransportKind>().Length];
    Seat?[] seats = [];

    internal int Count { get; private set; }

    internal int CountOf(TransportKind kind) => countByKind[(int)kind];

    internal void Add(Seat seat)
    {
        if (Count == seats.Length) Array.Resize(ref seats, Math.Max(FirstRoom, Count * 2));
        seat.Index = Count;
        seats[Count++] = seat;
        countByKind[(int)seat.Subscription.Info.Transport]++;
    }

    /// <summary>The last seat takes the free place. Does nothing when <paramref name="seat"/> is not here.</summary>
    internal void Remove(Seat seat)
    {
        if (seat.Index < 0) return;
        Seat last = seats[--Count]!;
        seats[last.Index = seat.Index] = last;
        seats[Count] = null;
        seat.Index = -1;
        countByKind[(int)seat.Subscription.Info.Transport]--;
        if (Count < seats.Length / 4) Array.Resize(ref seats, seats.Length / 2);
    }

    internal void Clear()
    {
        for (int i = 0; i < Count; i++) seats[i]!.Index = -1;
        Array.Clear(countByKind);
        (seats, Count) = ([], 0);
    }

    /// <summary>Names everybody who has a seat.</summary>
    internal void AddTo(List<PresentSubscriber> present, ChannelPattern name)
    {
        for (int i = 0; i < Count; i++) present.Add(new(seats[i]!.Subscription.Info, name));
    }

    /// <summary>Copies all seats; <paramref name="into"/> is replaced when it is too small or far too large.</summary>
    internal int CopyTo(ref Seat[] into)
    {
        if (into.Length < Count || into.Length > Math.Max(64, seats.Length * 4)) into = new Seat[seats.Length];
        seats.AsSpan(0, Count).CopyTo(into!);
        return Count;
    }
}
